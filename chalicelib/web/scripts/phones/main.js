// Beside each phone: its country, an example, and the number as it was understood, large enough to be read over.
import { planOf, understood } from "./understanding.js";

const form = document.getElementById("declaration");
const texts = JSON.parse(form.dataset.phones);
const countries = form.querySelector("select[name=nationality]");

function make(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text || "";
  return element;
}

const nameOf = (region) => (Array.from(countries.options).find((option) => option.value === region) || { text: region }).text;

function chooser(box) {
  const select = make("select", "govuk-select ws-phone__country");
  select.setAttribute("aria-label", texts.country);
  Array.from(countries.options).filter((option) => planOf(option.value)).forEach((option) => {
    select.add(new Option(`${option.text} (+${planOf(option.value).code})`, option.value));
  });
  select.value = form.dataset.region;
  box.parentNode.insertBefore(select, box);
  return select;
}

// The server reads a number without its country's code as one of this point's: another country's gets its code here,
// in the box, where it is seen. When another country is chosen, what was typed counts anew.
function complete(box, select) {
  if (box.value && box.value === box.dataset.written) box.value = box.dataset.typed;
  const found = understood(box.value, select.value);
  if (!found || /^\s*(\+|＋|00)/.test(box.value) || found.region === form.dataset.region) return;
  box.dataset.typed = box.value;
  box.dataset.written = found.shown;
  box.value = found.shown;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function enhance(box) {
  if (box.dataset.echoed) return;
  box.dataset.echoed = "yes";
  const select = chooser(box);
  const echo = box.parentNode.appendChild(make("p", "ws-phone__echo"));
  echo.setAttribute("role", "status");
  const show = () => {
    const found = understood(box.value, select.value);
    if (found && found.region !== select.value) select.value = found.region;
    if (!select.value) select.value = form.dataset.region; // A region with a plan that the form's list does not have.
    const plan = planOf(select.value);
    echo.textContent = "";
    echo.classList.toggle("ws-phone__echo--number", Boolean(found));
    echo.appendChild(make("span", "", found ? nameOf(found.region) : texts.example));
    echo.appendChild(make("bdi", "", found ? found.shown : `+${plan.code} ${plan.example}`)).dir = "ltr";
  };
  box.addEventListener("input", show);
  box.addEventListener("change", show);
  box.addEventListener("blur", () => { if (box.value !== box.dataset.written) complete(box, select); });
  select.addEventListener("change", () => {
    const wanted = select.value;
    complete(box, select);
    select.value = wanted;
    show();
  });
  countries.addEventListener("change", () => {
    // A family's number is as likely one of this place as one of the traveller's country: only their own follows.
    if (box.name !== "phone" || box.value.trim() || !planOf(countries.value)) return;
    select.value = countries.value;
    show();
  });
  show();
}

const enhanceAll = (within) => Array.from(within.querySelectorAll("input[data-phone]")).forEach(enhance);

enhanceAll(form);
form.addEventListener("ws:item", (event) => enhanceAll(event.target));
