// The answers read back on the phone, for who has no network to be shown them by us.
import { clearFaults, showFaults } from "../traveller/faults.js";
import { faultsIn } from "../traveller/step_checks.js";
import { readBack } from "./readback.js";

/** Show the answers of the waiting form to be signed, or say what is missing. */
export function review(waiting) {
  const faults = faultsIn(waiting.form, waiting.form);
  clearFaults(waiting.form);
  if (faults.length) {
    showFaults(faults);
    return;
  }
  const place = waiting.panel.querySelector("[data-answers]");
  place.textContent = "";
  readBack(waiting.form).forEach((part) => place.appendChild(part));
  waiting.show("review");
}
