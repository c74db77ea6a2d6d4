// Talks to the server. A promise is of {outcome}, or of why there is none: {away}, {signedOut}, {refused}, or {anew} when
// somebody else is signed in by now, or the page was open for too long: then it is worth another try.
const PATIENCE = 10000;
let token = null;

function inTime(how, address) {
  const stop = self.AbortController ? new AbortController() : null;
  const late = stop && setTimeout(() => stop.abort(), PATIENCE);
  const asked = fetch(address, Object.assign({ credentials: "same-origin", redirect: "manual", signal: stop ? stop.signal : undefined }, how));
  const rest = () => clearTimeout(late);
  asked.then(rest, rest);
  return asked;
}

// Who is signed in now, by the server's word: this page may be a copy, or from before.
function fresh(setting) {
  return inTime({ headers: { Accept: "text/html" } }, setting.page).then((answer) => {
    if (answer.type === "opaqueredirect" || answer.status === 403) return { signedOut: true };
    if (!answer.ok) return { away: true };
    return answer.text().then((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      token = page.querySelector("[name=csrf_token]").value;
      setting.officer = JSON.parse(page.getElementById("scan").dataset.setting).officer;
      return { anew: true };
    });
  });
}

function post(setting, fields) {
  const body = new URLSearchParams(Object.assign({ csrf_token: token }, fields));
  return inTime({ method: "POST", headers: { Accept: "application/json" }, body }, setting.page).then((answer) => {
    if (answer.type === "opaqueredirect") return { signedOut: true };
    if (answer.status === 403) return fresh(setting);
    if (answer.ok) return answer.json().then((outcome) => ({ outcome }));
    return answer.status >= 500 || answer.status === 429 ? { away: true } : { refused: true };
  });
}

/** What one scan comes to: {code, verb, key, at}. */
export function ask(setting, fields) {
  return (token === null ? fresh(setting) : post(setting, fields)).catch(() => ({ away: true }));
}

/** The token that the page came with. */
export function useToken(found) {
  token = found;
}
