// What the panel's buttons do, and when the form's own button leads to it.
import { fieldsOf } from "../traveller/posting.js";
import { panelFor } from "./panel.js";
import { unsent } from "./queue.js";
import { postWhole } from "./records.js";
import { review } from "./review.js";
import { Waiting } from "./waiting.js";

const DO = {
  sign: (waiting) => waiting.keep(fieldsOf(waiting.form)),
  back: (waiting) => { waiting.show("form"); waiting.look(); },
  send: (waiting) => waiting.send("pressed"),
  change: (waiting, key) => waiting.takeBack(key, () => location.replace(waiting.form.dataset.fresh)),
  mend: (waiting, key) => waiting.takeBack(key, postWhole),
  remove: (waiting, key) => waiting.remove(key),
};

function listen(waiting) {
  waiting.panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    const holder = button && button.closest("[data-key]");
    if (button) DO[button.dataset.do](waiting, holder && holder.dataset.key);
  });
  waiting.form.addEventListener("ws:away", (event) => {
    event.preventDefault();
    const { body, outcome, fail } = event.detail;
    waiting.keep(body, outcome).catch(fail);
  });
  waiting.listen();
}

/** From now on what cannot be sent waits here: a promise of {review, look}; rejects where nothing can wait. */
export async function offerWaiting(form, address, registration) {
  await unsent();
  const panel = await panelFor(form, address);
  panel.querySelector("[data-another] a").href = form.dataset.fresh;
  const waiting = new Waiting(form, panel, registration);
  listen(waiting);
  await waiting.look();
  waiting.send("network");
  return { review: () => review(waiting), look: () => waiting.look() };
}
