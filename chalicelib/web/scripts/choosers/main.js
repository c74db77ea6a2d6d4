// Long lists of countries and districts become boxes that search.
import { Combobox } from "./combobox.js";
import { COUNTRIES } from "./countries.js";

const form = document.getElementById("declaration");
const texts = JSON.parse(form.dataset.chooser);

function namesOf(option) {
  if (option.dataset.also) return option.dataset.also.split("|");
  return COUNTRIES[option.value] ? COUNTRIES[option.value].split("|").concat(option.value) : [];
}

function enhance(select) {
  if (select === document.activeElement || select.classList.contains("ws-chooser__select")) return;
  new Combobox(select, namesOf, texts);
}

function enhanceAll(within) {
  Array.from(within.querySelectorAll("select[data-searched]")).forEach(enhance);
}

enhanceAll(form);
form.addEventListener("ws:item", (event) => enhanceAll(event.target));
// One that was in use when this file came is left until it no longer is.
form.addEventListener("focusout", (event) => {
  if (event.target.matches("select[data-searched]")) setTimeout(() => enhance(event.target));
});
