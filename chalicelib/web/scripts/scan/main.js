// The scan page. Without this file it is a form that asks the server; with it the device judges first, and keeps what
// it could not send.
import { offerCamera, offerPictures } from "./eyes.js";
import { judge } from "./judging.js";
import { keepCopy } from "./copy.js";
import { drop, keep, lines, newKey, waiting } from "./queue.js";
import { send } from "./sending.js";
import { ask, useToken } from "./server.js";
import { showLines, showVerdict, timeOf } from "./showing.js";
import { allowSound, beep } from "./sound.js";

const AGAIN = 15000;
const OFFICER = "ws-scan-officer";
const root = document.getElementById("scan");
const form = root.querySelector("[data-scan]");
const box = document.getElementById("code");
const setting = JSON.parse(root.dataset.setting);
const words = JSON.parse(root.dataset.words);
let turn = 0;
let latest = {};

function remembered(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    return localStorage.getItem(name) || "";
  } catch (closed) {
    return value || "";
  }
}

function verbNames() {
  const boxes = Array.from(form.querySelectorAll("[name=verb]"));
  return boxes.reduce((names, one) => Object.assign(names, { [one.value]: one.parentNode.textContent.trim() }), {});
}

function chosenVerb() {
  const chosen = form.querySelector("[name=verb]:checked");
  return chosen ? chosen.value : "";
}

function redraw() {
  showLines(root, words, verbNames(), lines(), setting.officer, (line) => { drop(line); redraw(); });
}

function titled(judged) {
  return {
    kind: judged.kind,
    title: judged.kind === "unsure" ? words.unsure : setting.words[judged.kind],
    text: judged.fault ? setting.words[judged.fault] : judged.kind === "unsure" ? words.typed : "",
    reference: judged.reference,
    state: judged.date,
  };
}

function told(verdict) {
  showVerdict(verdict);
  beep(verdict.kind);
}

// The server knows more: whose pass it is, and whether it still counts. Its word comes second, and wins.
function second(judged, outcome) {
  if (outcome.kind === judged.kind) showVerdict(outcome);
  else told(outcome);
}

function add(judged, text) {
  const mine = titled(judged);
  showVerdict(Object.assign(mine, { text: `${mine.text} ${text}`.trim() }));
}

function enrich(mine, code, judged, tries) {
  ask(setting, { code, verb: "" }).then((answer) => {
    if (mine !== turn) return;
    if (answer.anew && tries) enrich(mine, code, judged, tries - 1);
    else if (answer.outcome) second(judged, answer.outcome);
    else add(judged, words.offline);
  });
}

// The same again before it was sent: somebody came twice, or the scanner did. It is told, and done once.
function known(judged, line) {
  const text = words.before.replace("{time}", timeOf(line));
  told({ kind: "unsure", title: words.known, text, reference: judged.reference });
}

function register(mine, judged, verb) {
  const line = { key: newKey(), verb, reference: judged.reference, at: new Date().toISOString(), by: setting.officer || remembered(OFFICER) };
  try {
    keep(line);
  } catch (full) {
    told({ kind: "bad", title: words.refused, text: words.full, reference: judged.reference });
    return;
  }
  latest = { turn: mine, key: line.key, judged };
  redraw();
  deliver();
}

function tell(line, answer) {
  redraw();
  if (latest.turn === turn && latest.key === line.key && answer.outcome) second(latest.judged, answer.outcome);
}

function deliver() {
  const { key } = latest;
  return send(setting, tell).then((rest) => {
    root.querySelector("[data-signed-out]").hidden = !rest.signedOut;
    redraw();
    const waits = lines().some((line) => line.key === key && !line.why);
    if (!waits || latest.key !== key || latest.turn !== turn || latest.told) return;
    latest.told = true;
    add(latest.judged, words.kept);
  });
}

function scanned(code) {
  const mine = turn += 1;
  const verb = chosenVerb();
  return judge(setting, code).then((judged) => {
    if (mine !== turn && !verb) return;
    const line = verb && judged.kind !== "bad" && waiting(judged.reference, verb);
    if (line) {
      known(judged, line);
      return;
    }
    told(titled(judged));
    if (judged.kind === "bad") return;
    if (verb) register(mine, judged, verb);
    else enrich(mine, code, judged, 1);
  }, () => enrich(mine, code, { kind: "unsure" }, 1));
}

function fails(reason) {
  turn += 1; // What is still asked about an earlier scan does not answer over this.
  told({ kind: "unsure", title: words.unsure, text: words[reason] });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation(); // Sent many times: what keeps other forms from that must not see it.
  const code = box.value.trim();
  box.value = "";
  allowSound();
  if (code) scanned(code);
});

// A scanner with a cable types wherever the cursor is not.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) && document.activeElement.type !== "radio";
  if (event.key.length === 1 && event.key !== " " && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) box.focus();
});

root.querySelector("[data-take]").addEventListener("click", () => {
  lines().filter((line) => !line.why).forEach((line) => keep(Object.assign({}, line, { by: setting.officer })));
  deliver();
});
const token = form.querySelector("[name=csrf_token]");
if (token) {
  useToken(token.value);
  remembered(OFFICER, setting.officer);
}
offerPictures(root, setting, scanned, fails);
if (self.isSecureContext) {
  offerCamera(root, setting, scanned, fails);
  keepCopy(setting, Boolean(token));
} else root.querySelector("[data-insecure]").hidden = false;

redraw();
deliver();
self.addEventListener("online", deliver);
setInterval(() => deliver(), AGAIN);
