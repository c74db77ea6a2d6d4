// The form and its draft: what is typed goes into it, and comes out of it when the page is opened again.
import { answersOf, setValues, valuesOf } from "./boxes.js";
import { changeDraft, clearDraft, draftAt, draftOf, endOf, isCleared } from "./draft.js";
import { all } from "./dom.js";
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

function keepCount(form, group, draft) {
  draft.counts[group] = countOf(form, group);
}

// Answers that were posted are newer than the draft, unless their page is opened again.
function keepWhole(form) {
  return changeDraft(draftOf(form), (draft) => {
    delete draft.sent;
    draft.answers = answersOf(form);
    groupsOf(form).forEach((group) => keepCount(form, group, draft));
  });
}

function keepGroup(form, group, draft) {
  keepCount(form, group, draft);
  Object.keys(draft.answers).filter((name) => name.startsWith(`${group}.`)).forEach((name) => { delete draft.answers[name]; });
  const answers = answersOf(form);
  Object.keys(answers).filter((name) => name.startsWith(`${group}.`)).forEach((name) => { draft.answers[name] = answers[name]; });
}

// With a box those beside it: one that rules the others out has emptied them.
function keepQuestion(form, box, draft) {
  all("[name]", box.closest(".govuk-form-group") || box.parentNode).forEach(({ name }) => { draft.answers[name] = valuesOf(form, name); });
  const group = box.name.split(".")[0];
  if (groupsOf(form).indexOf(group) >= 0) keepCount(form, group, draft);
}

function say(bar, draft) {
  bar.hidden = !draft;
  const text = bar.querySelector("[data-until]");
  const until = draft && new Date(endOf(draft)).toLocaleString(document.documentElement.lang, { weekday: "long", hour: "2-digit", minute: "2-digit" });
  if (draft) text.textContent = text.dataset.until.replace("{time}", until);
}

function listen(form, bar) {
  const keep = (change) => say(bar, changeDraft(draftOf(form), (draft) => { delete draft.sent; change(draft); }));
  ["input", "change"].forEach((kind) => form.addEventListener(kind, (event) => {
    const box = event.target;
    if (!showing && box.name && box.name[0] !== "_") keep((draft) => keepQuestion(form, box, draft));
  }));
  form.addEventListener("ws:count", (event) => keep((draft) => keepGroup(form, event.detail, draft)));
}

// Another tab has the same form open: question by question, what was typed last counts, in both.
function follow(form, bar) {
  window.addEventListener("storage", (event) => {
    const draft = event.key === draftOf(form) && draftAt(event.key);
    if (!draft) return;
    bar.querySelector("[data-elsewhere]").hidden = false;
    show(form, draft);
    say(bar, draft);
  });
}

function offerClearing(form, bar) {
  bar.addEventListener("click", (event) => {
    if (!event.target.closest("[data-clear]")) return;
    clearDraft(draftOf(form));
    location.replace(form.dataset.fresh);
  });
}

/** Pages that the browser brings back show nothing of what was cleared since, or of another day. */
export function forgetWithDraft(form) {
  const gone = () => isCleared() && location.replace(form.dataset.fresh);
  window.addEventListener("pageshow", (event) => { if (event.persisted || cameBack()) gone(); });
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
}
