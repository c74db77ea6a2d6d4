// Keeps a pass up to date while it is looked at: each minute, more seldom while the network is away, at once when it is back.
import { showPrinting } from "../traveller/printing.js";
import { ask } from "./asking.js";
import { renew } from "./patching.js";
import { showPicturing } from "./picture.js";
import { say } from "./telling.js";
import { wait } from "./waits.js";

/** What a traveller must hear of: where they stand, the zone, the last day. */
function news(live) {
  return Array.from(live.querySelectorAll("#now, .ws-pass__zone"), (one) => one.textContent.replace(/\s+/g, " ").trim()).join(". ");
}

function show(live, fresh) {
  // A copy that the phone kept is no news.
  if (fresh.dataset.at <= live.dataset.at) throw new Error("kept copy");
  const before = news(live);
  showPrinting(fresh);
  showPicturing(fresh);
  renew(live, fresh);
  if (news(live) !== before) say(`${live.dataset.changed} ${news(live)}`);
}

/** How old it is what is shown; said when the network was asked in vain, taken back when it answered. */
function sayStale(live, is) {
  const note = live.querySelector("[data-stale]");
  if (!note) return;
  note.querySelector("time").textContent = new Date(live.dataset.at)
    .toLocaleTimeString(`${document.documentElement.lang}-u-nu-latn`, { hour: "numeric", minute: "2-digit" });
  note.hidden = !is;
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
    ask(live.id).then((fresh) => show(live, fresh)).then(() => { failures = 0; }, () => { failures += 1; }).then(() => {
      asking = false;
      sayStale(live, failures > 0);
      timer = setTimeout(refresh, wait(failures, Math.random()));
    });
  };
  timer = setTimeout(refresh, wait(failures, Math.random()));
  document.addEventListener("visibilitychange", refresh);
  window.addEventListener("online", refresh);
}
