// What a page does without a network. It comes after everything else, and where it cannot come nothing is missed.
import { isMain } from "../traveller/pressed.js";
import { forgetArrived } from "./arriving.js";
import { rightFlight, sayNetwork, setAway, watchNetwork } from "./network.js";
import { offerWaiting } from "./offering.js";
import { offerForgetting } from "./passes.js";
import { hearWorker, standBy } from "./standby.js";
import { stay } from "./staying.js";

const line = document.querySelector(".ws-network");
const form = document.getElementById("declaration");
const declares = form && form.dataset.draft && !form.querySelector("[name='_token']");
const pass = document.querySelector(".ws-kept");
let waiting = null;

function hold(reviewed) {
  setAway(true);
  sayNetwork(line);
  if (reviewed && waiting) waiting.review();
  else line.focus();
}

// The page to check sends by itself, and says itself what came of it.
function watchSubmit() {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !isMain(event) || navigator.onLine !== false) return;
    event.preventDefault();
    event.stopPropagation();
    hold(true);
  });
}

if (form) rightFlight(form);
if (form && form.dataset.kept) watchSubmit();
watchNetwork(line);
if (!form) forgetArrived().catch(() => { /* Where nothing is kept, nothing waits. */ });
standBy(line.dataset.worker, line.dataset.words)
  .then((registration) => registration && declares && offerWaiting(form, line.dataset.words, registration))
  .then((offered) => { waiting = offered; })
  .catch(() => { /* The phone keeps nothing, or the words did not come: sending works as before. */ });
hearWorker(({ away, kept, sent }) => {
  if (kept && pass) offerForgetting(pass);
  if (sent && waiting) waiting.look();
  if (away && form && stay(form, away)) hold(new URL(away).pathname === new URL(form.action).pathname && form.dataset.kept);
});
