// What was typed, kept on this phone alone: answers by name, for a day from the last one. Nothing of it is ever sent from
// here or written into an address.
import { drop, keys, read, write } from "./kept.js";

const PREFIX = "ws.draft:";
const CLEARED = "ws.cleared";
const LASTS = 24 * 3600 * 1000;

// An amendment has a draft of its own, told from others by a sum over the pass: the pass itself is not written here.
function sum(text) {
  let number = 0;
  for (let place = 0; place < text.length; place += 1) number = (number * 31 + text.charCodeAt(place)) % 4294967291;
  return number.toString(36);
}

/** The name of a form's draft: its point, form and version, and whose it amends. */
export function draftOf(form) {
  const token = form.querySelector("[name='_token']");
  return PREFIX + form.dataset.draft + (token ? `:${sum(token.value)}` : "");
}

/** Until when a draft is kept, in milliseconds. */
export function endOf(draft) {
  return draft.at + LASTS;
}

/** The draft, or null when there is none or its day is over. */
export function draftAt(name) {
  const draft = read(name);
  return draft && draft.at <= Date.now() && Date.now() < endOf(draft) ? draft : null;
}

/** Change what is kept now: another tab may have written since this one last looked. */
export function changeDraft(name, change) {
  const draft = draftAt(name) || { answers: {}, counts: {} };
  change(draft);
  draft.at = Date.now();
  drop(CLEARED);
  return write(name, draft) ? draft : null;
}

/** Forget a draft because somebody asked for it: pages from before show nothing of it any more. */
export function clearDraft(name) {
  drop(name);
  write(CLEARED, true);
}

/** Whether answers were cleared and none was typed since. */
export function isCleared() {
  return read(CLEARED) === true;
}

/** Forget the drafts whose day is over. */
export function dropOld() {
  keys(PREFIX).filter((name) => !draftAt(name)).forEach(drop);
}

/** A declaration leaves: with its receipt the draft goes. */
export function markSent(name) {
  if (draftAt(name)) changeDraft(name, (draft) => { draft.sent = true; });
}

/** The receipt is there: forget what was sent. */
export function dropSent() {
  keys(PREFIX).filter((name) => (draftAt(name) || {}).sent).forEach(drop);
}
