// The worker that opens pages without a network, and what a page says of the network. Where the browser allows no worker
// (a page that is not from a secure address), it says that, and the rest works as ever.
import { all } from "./dom.js";

/** Whether this page can wait for a network by itself. */
export function canWait() {
  return Boolean(window.isSecureContext && navigator.serviceWorker && window.indexedDB && window.caches);
}

function ownFiles() {
  return all("link[rel=stylesheet], link[rel=icon], script[src]").map((one) => one.href || one.src);
}

// A page from before the worker came is kept from here; later ones the worker sees by itself.
function keepThisPage(registration) {
  const page = navigator.serviceWorker.controller ? [] : [location.href.split("#")[0]];
  registration.active.postMessage({ keep: [...page, ...ownFiles()] });
}

/** Have the worker at hand from now on. */
export function workOffline() {
  const worker = document.querySelector("meta[name=ws-worker]");
  if (!worker || !canWait()) return;
  navigator.serviceWorker.register(worker.content)
    .then(() => navigator.serviceWorker.ready)
    .then(keepThisPage)
    .catch(() => { /* Private windows may refuse: everything works but for the network. */ });
}

/** Whether the network is away, as far as the browser or the worker can tell. */
export function isAway() {
  return navigator.onLine === false || Boolean(document.documentElement.dataset.network);
}

function when() {
  const kept = Number(document.documentElement.dataset.kept) || Date.now();
  return new Date(kept).toLocaleString(document.documentElement.lang, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
}

function say(panel) {
  const text = canWait() ? panel.dataset.away : panel.dataset.insecure;
  panel.hidden = !isAway();
  if (!panel.hidden) panel.querySelector("p").textContent = text.replace("{time}", when());
}

/** The page says when there is no network, and what that means for it. */
export function watchNetwork() {
  const panel = document.querySelector(".ws-network");
  if (!panel) return;
  window.addEventListener("online", () => { delete document.documentElement.dataset.network; say(panel); });
  window.addEventListener("offline", () => say(panel));
  say(panel);
}

/** The button that takes passes off this phone. */
export function offerForgetting() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-forget]");
    if (!button) return;
    caches.delete("ws-passes").then(() => {
      button.disabled = true;
      button.textContent = button.dataset.forget;
    });
  });
}
