// Sends what waits, oldest first, one after the other: what comes later may depend on what came before.
import { drop, keep, lines } from "./queue.js";
import { ask } from "./server.js";

const TRIES = 3;
let running = null;

function alone(work) {
  // Two tabs of one device take turns; where the browser has no locks, the key makes a double harmless.
  return navigator.locks ? navigator.locks.request("ws-scan", work) : work();
}

function open() {
  return lines().filter((line) => !line.why);
}

// Only what the officer scanned who is signed in: the history says who did it.
function next(setting) {
  return open().find((line) => !setting.officer || line.by === setting.officer);
}

function settle(line, answer) {
  const { outcome } = answer;
  if (outcome && outcome.kind === "good") drop(line);
  else keep(Object.assign({}, line, { why: outcome ? outcome.text : "refused" }));
}

function step(setting, tell, tries) {
  const line = next(setting);
  if (!line) return Promise.resolve({});
  return ask(setting, { code: line.reference, verb: line.verb, key: line.key, at: line.at }).then((answer) => {
    if (answer.away || answer.signedOut) return answer;
    if (answer.anew && tries > 1) return step(setting, tell, tries - 1);
    settle(line, answer);
    tell(line, answer);
    return step(setting, tell, TRIES);
  });
}

/** A promise of {}, or of why some still waits: {away} or {signedOut}. `tell(line, answer)` hears of each. */
export function send(setting, tell) {
  if (running) return running.then(() => send(setting, tell));
  if (!next(setting)) return Promise.resolve({});
  const rest = () => { running = null; };
  running = alone(() => step(setting, tell, TRIES));
  running.then(rest, rest);
  return running;
}
