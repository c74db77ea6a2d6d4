// Faults shown as the server shows them: a summary above the page, and a sentence at each question.
import { all } from "./dom.js";

const CONTROLS = ".ws-chooser, .govuk-input, .govuk-select, .govuk-textarea, .govuk-radios, .govuk-checkboxes, .govuk-date-input, .ws-item";

const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const isGroup = (question) => question.matches(".ws-group");
const boxOf = (question) => question.querySelector("input[id], select[id], textarea[id]");
const anchorOf = (question) => (isGroup(question) ? question.id : boxOf(question).id);

// A group of items has no box of its own that could be described or framed.
function mark(question, id, wrong) {
  if (isGroup(question)) return;
  question.classList.toggle("govuk-form-group--error", wrong);
  ["input", "select", "textarea"].forEach((kind) => {
    all(`.govuk-${kind}`, question).forEach((box) => box.classList.toggle(`govuk-${kind}--error`, wrong));
  });
  const owner = question.querySelector("fieldset") || boxOf(question);
  const others = (owner.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
  owner.setAttribute("aria-describedby", (wrong ? others.concat(id) : others).join(" "));
}

function sayAt(question, said) {
  const control = question.querySelector(CONTROLS) || question.firstElementChild;
  const before = control.previousElementSibling;
  if (before && before.matches(".govuk-error-message")) before.remove();
  const message = control.parentNode.insertBefore(copyOf("fault"), control);
  message.id = `${anchorOf(question)}-error`;
  message.lastElementChild.textContent = said;
  question.dataset.fault = message.id;
  mark(question, message.id, true);
}

function sayAbove(faults) {
  const summary = copyOf("fault-summary");
  const list = summary.querySelector("ul");
  const pattern = list.firstElementChild;
  pattern.remove();
  faults.forEach(({ question, said }) => {
    const link = list.appendChild(pattern.cloneNode(true)).firstElementChild;
    link.href = `#${anchorOf(question)}`;
    link.textContent = said;
  });
  const main = document.getElementById("main");
  main.insertBefore(summary, main.firstChild);
  summary.focus();
}

/** Take away what was shown here before; what the server said at a question stays until it is asked again. */
export function clearFaults(form) {
  all("[data-fault]", form).forEach((question) => {
    const message = document.getElementById(question.dataset.fault);
    if (message) message.remove();
    mark(question, question.dataset.fault, false);
    delete question.dataset.fault;
  });
  all("[data-error-summary]").forEach((summary) => summary.remove());
}

/** Show faults of questions, [{question, said}], and go to their summary. */
export function showFaults(faults) {
  faults.forEach(({ question, said }) => sayAt(question, said));
  sayAbove(faults);
}
