// No network: the answers are read back here, signed, and wait on this phone until they can go.
import { endOfWaiting, queue, sendAll, unqueue, unsent } from "../offline/queue.js";
import { all } from "./dom.js";
import { draftOf, dropSent, keyOf, markSent } from "./draft.js";
import { canWait, isAway } from "./offline.js";
import { fieldsOf } from "./posting.js";
import { isMain } from "./pressed.js";
import { readBack } from "./readback.js";
import { showReceipt } from "./receipt.js";

const AGAIN = 20 * 1000;

function show(panel, state) {
  const form = document.getElementById("declaration");
  panel.hidden = !state;
  form.hidden = Boolean(state);
  all("[data-state]", panel).forEach((one) => { one.hidden = one.dataset.state !== state; });
  if (state) panel.focus();
}

function review(form, panel) {
  const place = panel.querySelector("[data-answers-here]");
  place.textContent = "";
  readBack(form).forEach((part) => place.appendChild(part));
  show(panel, "review");
}

function showWaiting(panel, record) {
  const text = panel.querySelector("[data-until]");
  text.textContent = text.dataset.until.replace("{time}", new Date(endOfWaiting(record)).toLocaleString(document.documentElement.lang, { weekday: "long", hour: "2-digit", minute: "2-digit" }));
  show(panel, "waiting");
}

function received(record) {
  markSent(record.draft);
  dropSent();
  return unqueue(record.key).then(() => showReceipt(record));
}

/** What became of this form's declaration, shown. */
async function look(form, panel) {
  const mine = (await unsent()).filter((record) => record.draft === draftOf(form));
  const kept = mine.find((record) => record.state === "kept");
  const waiting = mine.find((record) => record.state === "waiting");
  const refused = mine.find((record) => record.state === "refused");
  if (kept) await received(kept);
  else if (waiting) showWaiting(panel, waiting);
  else if (refused) await unqueue(refused.key).then(() => show(panel, "refused"));
}

function tryNow(form, panel) {
  return sendAll().catch(() => { /* Still none: it goes on waiting. */ }).then(() => look(form, panel));
}

async function sign(form, panel) {
  const name = draftOf(form);
  const key = keyOf(name);
  const fields = new URLSearchParams(fieldsOf(form));
  fields.set("_key", key);
  await queue({ key, draft: name, address: panel.dataset.submit, body: fields.toString(), at: Date.now(), state: "waiting" });
  markSent(name);
  await look(form, panel);
  const registration = await navigator.serviceWorker.ready;
  if (registration.sync) await registration.sync.register("unsent").catch(() => {});
}

async function takeBack(form, panel) {
  const mine = (await unsent()).filter((record) => record.draft === draftOf(form));
  await Promise.all(mine.map((record) => unqueue(record.key)));
  show(panel, "");
  form.focus();
}

function listen(form, panel) {
  const acts = { sign, takeBack, tryNow };
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) acts[button.dataset.do](form, panel);
  });
  const again = () => { if (document.visibilityState === "visible") tryNow(form, panel); };
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", again);
  navigator.serviceWorker.addEventListener("message", () => look(form, panel));
  setInterval(() => { if (!panel.querySelector("[data-state=waiting]").hidden) again(); }, AGAIN);
}

/** Without a network the form's answers wait instead of being lost. */
export function waitForNetwork(form) {
  const panel = document.getElementById("unsent");
  form.addEventListener("submit", (event) => {
    if (!isMain(event) || event.defaultPrevented || !isAway()) return;
    event.preventDefault();
    if (canWait()) review(form, panel);
    else document.querySelector(".ws-network").focus();
  });
  if (!canWait()) return;
  listen(form, panel);
  if (document.documentElement.dataset.network === "unsent") review(form, panel);
  tryNow(form, panel);
}
