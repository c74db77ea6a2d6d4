// Sending what was checked: the page stays, says how it goes, and shows the reference as soon as it is kept.
import { draftOf, dropSent, markSent } from "./draft.js";
import { canPost, fieldsOf, post } from "./posting.js";
import { isMain } from "./pressed.js";
import { showReceipt } from "./receipt.js";

const SLOW = 6 * 1000;

function say(panel, state) {
  panel.hidden = false;
  panel.dataset.now = state;
  panel.querySelector("p").textContent = panel.getAttribute(`data-say-${state}`);
}

function rest(form, button) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  button.textContent = button.dataset.resting;
}

function send(form, panel) {
  const button = form.querySelector("[data-sending]");
  button.dataset.resting = button.textContent;
  button.textContent = button.dataset.sending;
  say(panel, "sending");
  const slow = setTimeout(() => say(panel, "slow"), SLOW);
  post(form.action, fieldsOf(form)).then((outcome) => {
    clearTimeout(slow);
    if (outcome.kept) {
      dropSent();
      showReceipt(outcome.kept);
    } else if (outcome.refused) form.submit(); // The server's own page says what to mend.
    else {
      rest(form, button);
      say(panel, "failed");
      panel.focus();
    }
  });
}

/** The form's main button sends without leaving the page. */
export function leaveHonestly(form) {
  const panel = form.querySelector(".ws-waiting");
  form.addEventListener("submit", (event) => {
    if (!isMain(event)) return;
    markSent(draftOf(form));
    if (!panel || !canPost()) return;
    event.preventDefault();
    if (!form.dataset.sent) send(form, panel);
  });
}
