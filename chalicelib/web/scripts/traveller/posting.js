// One declaration on its way: posted by the page or later, again and again, and kept once.
const LIMIT = 60 * 1000;

// Too late, too early, too many: nothing is wrong with the answers.
const LATER = [408, 425, 429];

/** What came of it: {kept: {pass, reference}}; {refused: true} when answers are to be mended; else {away: true}, with
 * `busy` when the server answered that it cannot now, and in `after` the seconds that it asked for, if it did. */
export function post(address, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LIMIT);
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(address, { method: "POST", body, headers, signal: stop.signal, credentials: "same-origin" })
    .then((answer) => {
      if (answer.ok) return answer.json().then((kept) => ({ kept }));
      if (answer.status < 500 && LATER.indexOf(answer.status) < 0) return { refused: true };
      return { away: true, busy: true, after: Number(answer.headers.get("Retry-After")) || 0 };
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
