// The worker that opens pages without a network is fetched, and told what was loaded before it came.
import { all } from "../traveller/dom.js";

// On an address that is not secure a browser has none of it.
function canWait() {
  return Boolean(window.isSecureContext && navigator.serviceWorker && window.indexedDB && window.caches);
}

const absolute = (address) => new URL(address, location.href).href;

// What the form fetches later is kept at once, unless somebody saves data.
function filesOfPage(words) {
  const form = document.querySelector("[data-scripts-later]");
  const saving = navigator.connection && navigator.connection.saveData;
  const later = form && !saving ? form.dataset.scriptsLater.split(" ").map(absolute) : [];
  const own = all("link[rel=stylesheet], link[rel=icon], script[src]").map((one) => one.href || one.src);
  return [...own, ...later, ...(form && words ? [absolute(words)] : [])];
}

function tellWhatIsHere(registration, words) {
  const worker = registration.active || registration.waiting || registration.installing;
  const page = navigator.serviceWorker.controller ? [] : [location.href.split("#")[0]];
  worker.postMessage({ keep: [...page, ...filesOfPage(words)] });
}

/** Have the worker at hand from now on: a promise of its registration, or of nothing where there is none to be had. */
export function standBy(address, words) {
  if (!canWait()) return Promise.resolve(null);
  return navigator.serviceWorker.register(address)
    .then((registration) => { tellWhatIsHere(registration, words); return registration; })
    .catch(() => null); // A private window may refuse: everything works but for the network.
}

/** From now on what the worker says is heard. */
export function hearWorker(hear) {
  if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("message", ({ data }) => hear(data));
}
