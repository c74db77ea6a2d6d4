// The form's boxes by the name that they are posted under. Names that begin with _ are the page's own.
import { all } from "./dom.js";

const TICKED = ["radio", "checkbox"];

function boxes(form) {
  return all("input, select, textarea", form).filter((box) => box.name && box.name[0] !== "_" && box.type !== "hidden");
}

function named(form, name) {
  return boxes(form).filter((box) => box.name === name);
}

/** Whether a box holds an answer: something typed, or a tick. */
export function given(box) {
  return TICKED.indexOf(box.type) < 0 ? box.value !== "" : box.checked;
}

/** What is answered under a name: none, one, or several. */
export function valuesOf(form, name) {
  return named(form, name).filter(given).map((box) => box.value);
}

/** Everything answered: values by name, without what is empty. */
export function answersOf(form) {
  const answers = {};
  boxes(form).filter(given).forEach((box) => { (answers[box.name] = answers[box.name] || []).push(box.value); });
  return answers;
}

function put(box, values) {
  if (TICKED.indexOf(box.type) < 0) box.value = values.length ? values[0] : "";
  else box.checked = values.indexOf(box.value) >= 0;
}

/** Answer under a name, and say so to whoever watches, as if it had been typed. */
export function setValues(form, name, values) {
  if (valuesOf(form, name).join("\n") === values.join("\n")) return;
  named(form, name).forEach((box) => {
    put(box, values);
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
