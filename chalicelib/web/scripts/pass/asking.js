const PATIENCE = 20000;
const UNCHANGED = 304, GONE = 404;

function within(time) {
  if (!window.AbortController) return {};
  const ending = new AbortController();
  setTimeout(() => ending.abort(), time);
  return { signal: ending.signal };
}

// The server's clock where it says it: the phone's may be wrong.
function confirmed(live, answer) {
  live.dataset.at = new Date(answer.headers.get("date") || Date.now()).toISOString();
  return null;
}

function read(live, text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(live.id);
  if (!fresh) throw new Error("no pass");
  // A copy that the phone kept is no news.
  if (new Date(fresh.dataset.at) <= new Date(live.dataset.at)) throw new Error("kept copy");
  return fresh;
}

/** The pass as it stands now, or null when it stands as shown; rejects when the network or the server is away. */
export function ask(live) {
  const conditional = { cache: "no-store", headers: { "If-None-Match": live.dataset.tag } };
  return fetch(location.href, Object.assign(conditional, within(PATIENCE))).then((answer) => {
    if (answer.status === UNCHANGED) return confirmed(live, answer);
    if (answer.status === GONE) location.reload();
    return answer.text().then((text) => read(live, text));
  });
}
