// What a page does without a network. It comes after everything else, and where it cannot come nothing is missed.
import { rightFlight, sayNetwork, setAway, watchNetwork } from "./network.js";
import { hearWorker, standBy } from "./standby.js";
import { stay } from "./staying.js";

const line = document.querySelector(".ws-network");
const form = document.getElementById("declaration");
if (form) rightFlight(form);
watchNetwork(line);
standBy(line.dataset.worker);
hearWorker(({ away }) => {
  if (!away || !form || !stay(form, away)) return;
  setAway(true);
  sayNetwork(line);
  line.focus();
});
