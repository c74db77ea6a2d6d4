// What was typed, kept on this phone alone for a day from the last answer. Nothing of it is ever sent from here or written
// into an address. Each answer has a place of its own: tabs that write at the same moment cannot undo each other.
import { drop, keys, read, write } from "./kept.js";

const PREFIX = "ws.draft:";
/** Where it is written that answers were cleared. */
export const CLEARED = "ws.cleared";
const LASTS = 24 * 3600 * 1000;
const [AT, KEY, SENT, ANSWER, COUNT] = ["@at", "@key", "@sent", "|", "#"];

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

function under(name, mark) {
  const found = {};
  keys(name + mark).forEach((key) => { found[key.slice(name.length + mark.length)] = read(key); });
  return found;
}

/** The draft, or null when there is none or its day is over: {at, key, sent, answers by name, counts by group}. */
export function draftAt(name) {
  const at = read(name + AT);
  if (!at || at > Date.now() || Date.now() >= endOf({ at })) return null;
  return { at, key: read(name + KEY), sent: read(name + SENT), answers: under(name, ANSWER), counts: under(name, COUNT) };
}

/** Whether a key of the storage belongs to a draft's answers. */
export function isOf(name, key) {
  return Boolean(key) && (key.startsWith(name + ANSWER) || key.startsWith(name + COUNT));
}

function forget(name) {
  [ANSWER, COUNT].forEach((mark) => keys(name + mark).forEach(drop));
  [KEY, SENT, AT].forEach((mark) => drop(name + mark));
}

// Another answer after it was sent is another declaration, so its key goes.
function unsend(name) {
  if (read(name + SENT)) drop(name + KEY);
  drop(name + SENT);
}

/** Keep answers by name, and numbers of items by group; the draft, or null where the phone keeps nothing. */
export function keep(name, answers, counts) {
  if (!draftAt(name)) forget(name);
  unsend(name);
  drop(CLEARED);
  Object.keys(counts).forEach((group) => write(name + COUNT + group, counts[group]));
  Object.keys(answers).forEach((field) => write(name + ANSWER + field, answers[field]));
  return write(name + AT, Date.now()) ? draftAt(name) : null;
}

/** Forget the answers whose names begin so. */
export function dropAnswers(name, beginning) {
  keys(name + ANSWER + beginning).forEach(drop);
}

/** Forget a draft because somebody asked for it: pages from before show nothing of it any more. */
export function clearDraft(name) {
  forget(name);
  write(CLEARED, true);
}

/** Whether answers were cleared and none was typed since. */
export function isCleared() {
  return read(CLEARED) === true;
}

function drafts() {
  return keys(PREFIX).filter((key) => key.endsWith(AT)).map((key) => key.slice(0, -AT.length));
}

/** Forget the drafts whose day is over. */
export function dropOld() {
  drafts().filter((name) => !draftAt(name)).forEach(forget);
}

/** A fresh key. */
export function minted() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join("");
}

/** The key that makes a draft one declaration, however often it is sent; empty where nothing is kept. */
export function keyOf(name) {
  if (!read(name + KEY)) write(name + KEY, minted());
  return read(name + KEY) || "";
}

/** A declaration is sent: by this page, which hears what comes of it, or with the page, whose receipt is another page. */
export function markSent(name, withPage) {
  if (draftAt(name)) write(name + SENT, withPage ? "with the page" : true);
}

/** The receipt is there: forget what was sent with the page before. What was tried in vain waits on. */
export function dropSent() {
  drafts().filter((name) => read(name + SENT) === "with the page").forEach(forget);
}

/** The receipt of this one is there. */
export function dropDraft(name) {
  forget(name);
}
