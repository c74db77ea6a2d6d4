// What a phone can see for itself: questions left empty, half a date, two answers that rule each other out. It says so in
// the server's own sentences, which stand beside each question. Everything else the server judges.
import { applies } from "./applying.js";
import { given } from "./boxes.js";
import { all } from "./dom.js";

const BLANK = /^[ \t\r\n\u00a0\u3000]*$/;
const ASKS = "[data-required], [data-date-incomplete]";

const answered = (box) => Boolean(box.name) && given(box) && !BLANK.test(box.value);
const boxesOf = (within) => all("input, select, textarea", within);

/** Whether something of an item is answered; what the page chose beforehand makes no item of it. */
export function filled(item) {
  return boxesOf(item).some((box) => answered(box) && box.name[0] !== "_" && !box.closest("[data-preset]"));
}

function answeredApart(question, rival) {
  const items = all(".ws-item", question);
  if (items.length || question.matches(".ws-group")) return items.some(filled);
  return boxesOf(question).some((box) => box.name !== rival && answered(box));
}

function isRequired(question, form) {
  const unless = JSON.parse(question.dataset.optionalWhen || "null");
  if (!unless) return true;
  // While the deciding answer is open, nobody is sent after a question that may turn out not to be theirs.
  const open = Object.keys(unless).some((name) => !all(`[name='${name}']`, form).some(answered));
  return !open && !applies(form, unless);
}

function halfDate(question) {
  const parts = boxesOf(question);
  return parts.some(answered) && !parts.every(answered);
}

// A rule between two answers is silent while one of them is at fault in itself.
function faultOf(question, form) {
  const { required, dateIncomplete, contradiction, rival } = question.dataset;
  const own = answeredApart(question, rival);
  const other = Boolean(rival) && all(`[name='${rival}']`, form).some(answered);
  if (dateIncomplete && halfDate(question)) return dateIncomplete;
  if (contradiction && own && other) return faultsOf(all(ASKS, question), form).length ? "" : contradiction;
  return required && !own && !other && isRequired(question, form) ? required : "";
}

function isAsked(question) {
  const item = question.closest(".ws-item");
  return !question.closest("[hidden='']") && (!item || filled(item));
}

function faultsOf(questions, form) {
  return questions.filter(isAsked).map((question) => ({ question, said: faultOf(question, form) })).filter((one) => one.said);
}

/** What is missing in a part of the form, or in the question that it is, in the order of the page: [{question, said}]. */
export function faultsIn(part, form) {
  return faultsOf(all(ASKS, form).filter((question) => part.contains(question)), form);
}
