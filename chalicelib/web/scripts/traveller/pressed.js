// Which button submits a form: browsers before 2021 do not say, and an answer must never be sent by "Change".
let clicked = null;

document.addEventListener("click", (event) => {
  clicked = event.target.closest ? event.target.closest("button") : null;
}, true);

/** The button that a submit event comes from, or null. */
export function pressed(event) {
  return event.submitter || (clicked && clicked.form === event.target ? clicked : null);
}

/** Whether the event does what the form is for: no button that leads elsewhere. */
export function isMain(event) {
  const button = pressed(event);
  return !button || !button.hasAttribute("formaction");
}
