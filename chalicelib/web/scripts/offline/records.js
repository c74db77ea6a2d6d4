// A declaration as it waits, and its answers back in the form's draft.
import { clearDraft, draftAt, draftOf, keep, keyOf, minted } from "../traveller/draft.js";

const pairsOf = (body) => Array.from(new URLSearchParams(body));

/** A form's fields, to be sent to `address`, as a record that waits. */
export function recordOf(form, address, body) {
  const fields = new URLSearchParams(body);
  const draft = draftOf(form);
  const key = fields.get("_key") || keyOf(draft) || minted();
  fields.set("_key", key);
  const name = ["family_name", "given_names"].map((one) => fields.get(one) || "").join(" ").trim();
  return { key, draft, name, address, body: fields.toString(), at: Date.now(), state: "waiting", tries: 0, next: 0, busy: false };
}

/** Whether somebody is at another declaration in this form. */
export function isBusy(form) {
  const draft = draftAt(draftOf(form));
  return Boolean(draft) && Object.keys(draft.answers).some((name) => draft.answers[name].length);
}

/** Its answers are safe in the record: the form is free for another. */
export function freeForm(record) {
  clearDraft(record.draft);
}

/** Its answers as they were typed, in the draft of the form. */
export function putBack(record) {
  const answers = {};
  const counts = {};
  pairsOf(record.body).filter(([name]) => name[0] !== "_").forEach(([name, value]) => {
    const [group, place] = name.split(".");
    (answers[name] = answers[name] || []).push(value);
    if (/^\d+$/.test(place)) counts[group] = Math.max(counts[group] || 0, Number(place) + 1);
  });
  keep(record.draft, answers, counts);
}

/** Post a record as a form does: the server's own page says what is to be corrected, with every answer in it. */
export function postWhole(record) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = record.address;
  pairsOf(record.body).forEach(([name, value]) => {
    form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  });
  document.body.appendChild(form).submit();
}
