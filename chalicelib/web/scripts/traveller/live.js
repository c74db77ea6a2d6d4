// Keeps a pass up to date while it is looked at, and prints.
import { all } from "./dom.js";

function prepare(within) {
  all("[data-print]", within).forEach((button) => { button.hidden = false; });
}

function replace(live, text, timer) {
  const fresh = text && new DOMParser().parseFromString(text, "text/html").getElementById("live");
  if (!fresh) return;
  prepare(fresh);
  if (fresh.innerHTML !== live.innerHTML) live.replaceChildren.apply(live, Array.prototype.slice.call(fresh.childNodes));
  if (!fresh.dataset.live) clearInterval(timer);
}

function refresh(live, timer) {
  if (document.visibilityState !== "visible" || live.contains(document.activeElement)) return;
  fetch(location.href, { cache: "no-store" })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => replace(live, text, timer))
    .catch(() => { /* The network is away: what is shown stays, and the next turn asks again. */ });
}

/** What follows the state of a case is asked for again every so many seconds. */
export function keepLive() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  const timer = setInterval(() => refresh(live, timer), Number(live.dataset.live) * 1000);
  document.addEventListener("visibilitychange", () => refresh(live, timer));
}

/** Buttons that print, which only script can. */
export function offerPrinting() {
  prepare(document);
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });
}
