import { all } from "./dom.js";
import { isMain, pressed } from "./pressed.js";

function mainButton(event) {
  const button = pressed(event);
  return button && button.dataset.sending ? button : event.target.querySelector("[data-sending]");
}

/** The button says that a form is being sent, and rests again when one comes back to the page. */
export function saySending() {
  document.addEventListener("submit", (event) => {
    const button = mainButton(event);
    if (!button || event.defaultPrevented || !isMain(event)) return;
    button.dataset.resting = button.textContent;
    button.textContent = button.dataset.sending;
    button.setAttribute("aria-live", "polite");
  });
  window.addEventListener("pageshow", () => {
    all("[data-resting]").forEach((button) => { button.textContent = button.dataset.resting; });
  });
}
