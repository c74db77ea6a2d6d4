// Answers put into the boxes of the form, whatever their kind.
import { setValues } from "../traveller/boxes.js";

function putDate(form, name, iso) {
  const parts = iso.split("-");
  ["year", "month", "day"].forEach((part, index) => setValues(form, `${name}.${part}`, [String(Number(parts[index]))]));
}

/** `path` is empty, or a companion's such as `companions.0`. */
export function fillIn(form, path, answers) {
  Object.keys(answers).forEach((question) => {
    const name = path ? `${path}.${question}` : question;
    if (form.querySelector(`[name='${name}.year']`)) putDate(form, name, answers[question]);
    else setValues(form, name, [answers[question]]);
  });
}
