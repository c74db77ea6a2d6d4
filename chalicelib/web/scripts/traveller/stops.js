// The parts of a form that are shown one at a time: its steps, or in elder mode its questions. What is of another part stays
// in the page: the browser's own search finds it, it is printed, and it is posted.
import { all } from "./dom.js";
import { filled } from "./step_checks.js";

const QUESTION = ".govuk-form-group, .ws-group";
const HEAD = ".ws-step__head, .ws-item__title";
const BESIDE = ".ws-signed, .ws-lines";
const STEPS = ".ws-step[id]";
const BLOCKS = ".ws-step[id], .ws-step[id] > *, .ws-group > :not(template), .ws-item > *";
// To a screen reader an empty region would still be one.
const PUT_AWAY = { hidden: "until-found", "aria-hidden": "true" };

export const isElder = () => document.documentElement.dataset.mode === "elder";
export const stepOf = (stop) => stop.closest(".ws-step");

const childrenOf = (part, selector) => Array.prototype.filter.call(part.children, (one) => one.matches(selector));
const doesApply = (question) => question.getAttribute("hidden") !== "";

// "There is nobody to tell" is asked where the contacts end, and not once more.
const rivalOf = (group) => {
  const box = group.dataset.rival && stepOf(group).querySelector(`[name='${group.dataset.rival}']`);
  return box && !group.contains(box) ? box.closest(".govuk-form-group") : null;
};

// An item that is still empty is one question, not eighteen; a group ends where one more can be added.
function questionsOf(part) {
  const own = childrenOf(part, QUESTION).filter(doesApply);
  const rivals = own.map(rivalOf);
  return [].concat(...own.filter((one) => rivals.indexOf(one) < 0).map((one) => {
    if (!one.matches(".ws-group")) return [one];
    const items = childrenOf(one, ".ws-item").map((item) => (filled(item) ? questionsOf(item) : questionsOf(item).slice(0, 1)));
    return [].concat(...items, [one]);
  }));
}

function named(question) {
  if (!question.id) question.id = `f-${question.querySelector("[name]").name.replace(/\./g, "-")}`;
  return question;
}

/** What is shown one at a time, in the order of the page. */
export function stopsOf(form) {
  const steps = all(STEPS, form);
  return isElder() ? [].concat(...steps.map(questionsOf)).map(named) : steps;
}

/** Where an element is shown: at itself, at the first part of it, or at what holds it; undefined for anything else. */
export function stopOf(form, element) {
  if (!element || element === form || !form.contains(element)) return undefined;
  const stops = stopsOf(form);
  const tests = [(stop) => stop === element, (stop) => element.contains(stop), (stop) => stop.contains(element)];
  return tests.map((test) => stops.find(test)).find(Boolean);
}

function isShown(block, stop) {
  if (block.contains(stop) || (block.matches(HEAD) && block.parentNode.contains(stop)) || block === rivalOf(stop)) return true;
  if (block.matches(BESIDE) && block.nextElementSibling === stop) return true;
  if (!stop.contains(block)) return false;
  const item = stop.matches(".ws-group") && block.closest(".ws-item");
  return !item || (filled(item) && !block.matches(".ws-item > .govuk-form-group, .ws-item > .ws-lines"));
}

/** Show one part and put the others away; without one, show all. What does not apply stays hidden for its own reason. */
export function showStop(form, shown) {
  all(isElder() ? BLOCKS : STEPS, form).filter(doesApply).forEach((block) => {
    const away = Boolean(shown) && !isShown(block, shown);
    Object.keys(PUT_AWAY).forEach((name) => (away ? block.setAttribute(name, PUT_AWAY[name]) : block.removeAttribute(name)));
  });
}
