// The answers read back on the phone, for who has no network to be shown them by us.
import { all } from "../traveller/dom.js";

function made(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

const text = (element) => (element ? element.textContent.trim() : "");

function spoken(box) {
  if (box.type === "radio" || box.type === "checkbox") return box.checked ? text(box.labels[0]) : "";
  if (box.tagName === "SELECT") return box.value && text(box.selectedOptions[0]);
  return box.value.trim();
}

function row(question) {
  const said = all("input, select, textarea", question).filter((box) => box.name).map(spoken).filter(Boolean);
  if (!said.length) return null;
  const line = made("div", "ws-data__row", "");
  const single = question.querySelector("[type=checkbox]") && !question.querySelector("legend");
  line.appendChild(made("dt", "ws-data__label", single ? "" : text(question.querySelector("legend, label"))));
  line.appendChild(made("dd", "ws-data__value", said.join(question.querySelector(".govuk-date-input") ? " " : ", ")));
  return line;
}

function part(title, questions) {
  const rows = questions.map(row).filter(Boolean);
  if (!rows.length) return null;
  const card = made("section", "ws-card ws-answers", "");
  card.appendChild(made("h2", "ws-answers__title", title));
  const list = card.appendChild(made("dl", "ws-data", ""));
  rows.forEach((one) => list.appendChild(one));
  return card;
}

// Questions of the outermost kind: a date's three boxes are one, an item's are its own.
function questionsOf(element) {
  return all(".govuk-form-group", element).filter((one) => !one.parentNode.closest(".govuk-form-group") && !one.hidden);
}

/** The answers of a form by its parts, as elements. */
export function readBack(form) {
  const parts = [];
  all("section.ws-step", form).forEach((step) => {
    const own = questionsOf(step).filter((one) => !one.closest(".ws-item"));
    parts.push(part(text(step.querySelector("h2")), own));
    all(".ws-item", step).forEach((item) => parts.push(part(text(item.querySelector("legend")), questionsOf(item))));
  });
  return parts.filter(Boolean);
}
