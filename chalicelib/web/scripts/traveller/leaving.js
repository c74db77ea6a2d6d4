// Sending what was checked: the page stays, says how it goes, and shows the reference as soon as it is kept.
import { draftOf, dropDraft, markSent } from "./draft.js";
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

// Where something can wait for a network, this does; else the page says that it is not sent.
function handOver(form, body, outcome, fail) {
  const event = new CustomEvent("ws:away", { cancelable: true, detail: { body, outcome, fail } });
  if (form.dispatchEvent(event)) fail();
}

function send(form, panel) {
  const button = form.querySelector("[data-sending]");
  button.dataset.resting = button.textContent;
  button.textContent = button.dataset.sending;
  say(panel, "sending");
  const slow = setTimeout(() => say(panel, "slow"), SLOW);
  const body = fieldsOf(form);
  post(form.action, body).then((outcome) => {
    clearTimeout(slow);
    if (outcome.kept) {
      dropDraft(draftOf(form));
      showReceipt(outcome.kept);
    } else if (outcome.refused) {
      markSent(draftOf(form), true);
      form.submit(); // The server's own page says what to mend.
    } else {
      rest(form, button);
      panel.hidden = true;
      handOver(form, body, outcome, () => { say(panel, "failed"); panel.focus(); });
    }
  });
}

/** The form's main button sends without leaving the page. */
export function leaveHonestly(form) {
  const panel = form.querySelector(".ws-waiting");
  form.addEventListener("submit", (event) => {
    if (!isMain(event)) return;
    const stays = panel && canPost();
    markSent(draftOf(form), !stays);
    if (!stays) return;
    event.preventDefault();
    if (!form.dataset.sent) send(form, panel);
  });
}
