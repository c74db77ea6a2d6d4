// The boxes for a document's lines: read on the phone while they are typed, the questions filled in, slips told.
import { fillIn } from "./filling.js";
import { read } from "./reading.js";

const form = document.getElementById("declaration");
const texts = JSON.parse(document.querySelector("[data-lines][data-texts]").dataset.texts);

const worded = (words, told) => told.map((one) => words[one[0]].replace(/\{(\w+)\}/g, (_, name) => one[1][name]));

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

function tell(part, sentences, wrong) {
  part.querySelector(".govuk-form-group").classList.toggle("govuk-form-group--error", wrong);
  const told = part.querySelector(".ws-lines__told");
  told.textContent = "";
  sentences.forEach((sentence) => {
    const line = told.appendChild(document.createElement("p"));
    line.className = wrong ? "govuk-error-message" : "";
    line.textContent = sentence;
  });
}

const partOf = (inside) => inside.closest("[data-lines]");

function take(part, box, scan) {
  fillIn(form, part.dataset.lines, scan.answers);
  box.value = "";
  tell(part, [texts.filled].concat(worded(texts.notes, scan.notes)), false);
}

function readBox(part, complaining) {
  const box = part.querySelector(".ws-lines__box");
  const scan = read(box.value, today());
  if (!scan.faults.length) take(part, box, scan);
  else if (complaining) tell(part, worded(texts.errors, scan.faults), true);
}

form.addEventListener("input", (event) => {
  if (event.target.classList.contains("ws-lines__box")) readBox(partOf(event.target), false);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest(".ws-lines__button");
  if (!button) return;
  event.preventDefault();
  readBox(partOf(button), true);
});
// What was typed before this file came.
Array.from(form.querySelectorAll("[data-lines]")).forEach((part) => readBox(part, false));
