// Companions, places and contacts, one more or one less, without asking the server.
import { answersOf, setValues } from "./boxes.js";
import { all } from "./dom.js";

const pattern = (form, group) => form.querySelector(`template[data-item='${group}']`);
const itemsOf = (form, group) => all(`[id^='${group}-']`, form).filter((item) => item.matches(".ws-item"));

/** How many items of a group the page shows. */
export function countOf(form, group) {
  return itemsOf(form, group).length;
}

/** The groups that can grow here. */
export function groupsOf(form) {
  return all("template[data-item]", form).map((one) => one.dataset.item);
}

// A long list is on its way once: items take it from a question of the same type.
function fillLists(form, item) {
  all("select[data-searched]", item).filter((list) => list.options.length < 2).forEach((list) => {
    const known = all(`select[data-searched='${list.dataset.searched}']`, form).find((other) => other.options.length > 1);
    all("option", known).slice(1).forEach((option) => list.appendChild(option.cloneNode(true)).removeAttribute("selected"));
    list.value = "";
  });
}

function append(form, group) {
  const template = pattern(form, group);
  const count = countOf(form, group);
  const made = document.createElement("template");
  made.innerHTML = template.innerHTML.replace(/{n}/g, count).replace(/{number}/g, count + 1);
  template.parentNode.insertBefore(made.content, template);
  const item = template.previousElementSibling;
  fillLists(form, item);
  item.dispatchEvent(new CustomEvent("ws:item", { bubbles: true }));
  return item;
}

/** Show so many items of a group, filled in as before. */
export function setCount(form, group, count) {
  if (!pattern(form, group)) return;
  itemsOf(form, group).slice(count).forEach((item) => item.remove());
  while (countOf(form, group) < count) append(form, group);
  form.querySelector(`button[value='add:${group}']`).hidden = count >= Number(pattern(form, group).dataset.most);
}

// Every later item takes the place of the one before it.
function without(form, group, index) {
  const answers = answersOf(form);
  const count = countOf(form, group);
  setCount(form, group, 0);
  setCount(form, group, count - 1);
  Object.keys(answers).forEach((name) => {
    const [of, place, ...rest] = name.split(".");
    if (of !== group || Number(place) === index) return;
    setValues(form, [of, Number(place) - (Number(place) > index), ...rest].join("."), answers[name]);
  });
}

function act(form, verb, path) {
  const [group, index] = path.split(".");
  if (verb === "remove") without(form, group, Number(index));
  else setCount(form, group, countOf(form, group) + 1);
  const item = verb === "remove" ? document.getElementById(group) : itemsOf(form, group).pop();
  item.focus();
  item.dispatchEvent(new CustomEvent("ws:count", { bubbles: true, detail: group }));
}

/** The buttons that add and remove work here; `ws:item` tells of a new item, `ws:count` of another number of them. */
export function offerItems(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[name='_do']");
    if (!button) return;
    const [verb, path] = button.value.split(":");
    if (["add", "remove"].indexOf(verb) < 0 || !pattern(form, path.split(".")[0])) return;
    event.preventDefault();
    act(form, verb, path);
  });
}
