// One declaration on its way: posted by the page or later, again and again, and kept once.
const LIMIT = 60 * 1000;

/** What came of it: {kept: {pass, reference}}, {refused: true} when answers are to be mended, {away: true} else. */
export function post(address, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT);
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(address, { method: "POST", body, headers, signal: stop.signal, credentials: "same-origin" })
    .then((answer) => {
      if (answer.ok) return answer.json().then((kept) => ({ kept }));
      return answer.status < 500 ? { refused: true } : { away: true };
    })
    .catch(() => ({ away: true }))
    .then((outcome) => { clearTimeout(timer); return outcome; });
}

/** Whether this browser can. */
export function canPost() {
  return Boolean(window.fetch && window.AbortController && window.URLSearchParams);
}

/** A form's fields as a post has them. */
export function fieldsOf(form) {
  const body = new URLSearchParams();
  new FormData(form).forEach((value, name) => body.append(name, value));
  return body.toString();
}
