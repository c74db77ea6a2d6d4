// Keeps a pass up to date while it is looked at: each minute, more seldom while the network is away, at once when it is back.
import { sayNetwork, setAway } from "../offline/network.js";
import { showPrinting } from "../traveller/printing.js";
import { ask } from "./asking.js";
import { renew } from "./patching.js";
import { showPicturing } from "./picture.js";
import { say } from "./telling.js";
import { wait } from "./waits.js";

/** What a traveller must hear of: where they stand, the zone, the last day. */
function news(live) {
  return Array.from(live.querySelectorAll("#now, .ws-pass__zone"), (one) => one.textContent.replace(/\s+/g, " ").trim());
}

function show(live, fresh) {
  const before = news(live);
  showPrinting(fresh);
  showPicturing(fresh);
  renew(live, fresh);
  const told = news(live).filter((one) => before.indexOf(one) < 0);
  if (told.length) say(`${live.dataset.changed} ${told.join(". ")}`);
}

/** Say that the network was asked in vain and how old is what is shown, or take it back. */
function sayHowOld(live, away) {
  document.documentElement.dataset.kept = Date.parse(live.dataset.at);
  setAway(away);
  sayNetwork(document.querySelector(".ws-network"));
}

/** Ask while it is looked at; a state that stays as it is carries no `data-live`, and ends the asking. */
export function keepLive() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  let failures = 0, timer = 0, asking = false;

  const refresh = () => {
    if (asking || live.dataset.live === undefined || document.visibilityState !== "visible") return;
    clearTimeout(timer);
    asking = true;
    ask(live).then((fresh) => fresh && show(live, fresh)).then(() => { failures = 0; }, () => { failures += 1; }).then(() => {
      asking = false;
      sayHowOld(live, failures > 0);
      timer = setTimeout(refresh, wait(failures, Math.random()));
    });
  };
  timer = setTimeout(refresh, wait(failures, Math.random()));
  document.addEventListener("visibilitychange", refresh);
  window.addEventListener("online", refresh);
}
