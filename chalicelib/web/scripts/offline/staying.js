// A form whose post found no network stays in the page, and may be sent again.
import { all } from "../traveller/dom.js";

const pathOf = (address) => new URL(address, location.href).pathname;

function addressesOf(form) {
  return [form.action, ...all("[formaction]", form).map((button) => button.formAction)].map(pathOf);
}

/** Let the form rest when it is the one that was posted to this address; whether it is. */
export function stay(form, address) {
  if (!form.dataset.sent || addressesOf(form).indexOf(pathOf(address)) < 0) return false;
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  all("[data-resting]", form).forEach((button) => { button.textContent = button.dataset.resting; });
  return true;
}
