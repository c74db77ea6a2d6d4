// The form and its draft: what is typed goes into it, and comes out of it when the page is opened again.
import { answersOf, setValues, valuesOf } from "./boxes.js";
import { CLEARED, clearDraft, draftAt, draftOf, dropAnswers, endOf, isCleared, isOf, keep, keyOf } from "./draft.js";
import { all } from "./dom.js";
import { forgetPhone } from "./forgetting.js";
import { countOf, groupsOf, setCount } from "./items.js";

let showing = false;

function cameBack() {
  const [entry] = performance.getEntriesByType ? performance.getEntriesByType("navigation") : [];
  return Boolean(entry) && (entry.type === "reload" || entry.type === "back_forward");
}

function show(form, draft) {
  showing = true;
  groupsOf(form).forEach((group) => {
    if (group in draft.counts) setCount(form, group, draft.counts[group]);
  });
  const busy = document.activeElement && document.activeElement.name;
  Object.keys(draft.answers).filter((name) => name !== busy).forEach((name) => setValues(form, name, draft.answers[name]));
  showing = false;
}

function counts(form, groups) {
  const found = {};
  groups.forEach((group) => { found[group] = countOf(form, group); });
  return found;
}

// Answers that were posted are newer than the draft, unless their page is opened again.
function keepWhole(form) {
  dropAnswers(draftOf(form), "");
  return keep(draftOf(form), answersOf(form), counts(form, groupsOf(form)));
}

function keepGroup(form, group) {
  const answers = answersOf(form);
  Object.keys(answers).filter((name) => !name.startsWith(`${group}.`)).forEach((name) => { delete answers[name]; });
  dropAnswers(draftOf(form), `${group}.`);
  return keep(draftOf(form), answers, counts(form, [group]));
}

// With a box those beside it: one that rules the others out has emptied them.
function keepQuestion(form, box) {
  const answers = {};
  const beside = all("[name]", box.closest(".govuk-form-group") || box.parentNode);
  beside.forEach(({ name }) => { answers[name] = valuesOf(form, name); });
  return keep(draftOf(form), answers, counts(form, groupsOf(form).filter((group) => box.name.startsWith(`${group}.`))));
}

function say(bar, draft) {
  bar.hidden = !draft;
  const text = bar.querySelector("[data-until]");
  const until = draft && new Date(endOf(draft)).toLocaleString(document.documentElement.lang, { weekday: "long", hour: "2-digit", minute: "2-digit" });
  if (draft) text.textContent = text.dataset.until.replace("{time}", until);
}

function listen(form, bar) {
  ["input", "change"].forEach((kind) => form.addEventListener(kind, (event) => {
    const box = event.target;
    if (!showing && box.name && box.name[0] !== "_") say(bar, keepQuestion(form, box));
  }));
  form.addEventListener("ws:count", (event) => say(bar, keepGroup(form, event.detail)));
}

// Another tab has the same form open: question by question, what was typed last counts, in both.
function follow(form, bar) {
  window.addEventListener("storage", (event) => {
    const draft = isOf(draftOf(form), event.key) && draftAt(draftOf(form));
    if (!draft) return;
    bar.querySelector("[data-elsewhere]").hidden = false;
    show(form, draft);
    say(bar, draft);
  });
}

// Its key goes along to be checked, and comes back with the answers to be sent.
function sendKey(form) {
  form.addEventListener("submit", () => {
    const key = form.querySelector("[name='_key']") || form.appendChild(document.createElement("input"));
    Object.assign(key, { type: "hidden", name: "_key", value: keyOf(draftOf(form)) });
  });
}

function offerClearing(form, bar) {
  bar.addEventListener("click", (event) => {
    if (!event.target.closest("[data-clear]")) return;
    clearDraft(draftOf(form));
    forgetPhone().then(() => location.replace(form.dataset.fresh));
  });
}

/** Pages that the browser brings back, or other tabs, show nothing of what was cleared since, or of another day. */
export function forgetWithDraft(form) {
  const gone = () => isCleared() && location.replace(form.dataset.fresh);
  window.addEventListener("pageshow", (event) => { if (event.persisted || cameBack()) gone(); });
  window.addEventListener("storage", ({ key }) => { if (key === CLEARED) gone(); });
}

/** From now on nothing that is typed is lost. */
export function keepTyped(form) {
  const bar = document.querySelector(".ws-saved");
  const known = draftAt(draftOf(form));
  if (form.dataset.answers === "posted" && !cameBack()) say(bar, keepWhole(form));
  else if (known) { show(form, known); say(bar, known); }
  listen(form, bar);
  follow(form, bar);
  offerClearing(form, bar);
  sendKey(form);
}
