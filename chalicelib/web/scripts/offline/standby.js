// The worker that opens pages without a network is fetched, and told what was loaded before it came.
import { all } from "../traveller/dom.js";

// On an address that is not secure a browser has none of it.
function canWait() {
  return Boolean(window.isSecureContext && navigator.serviceWorker && window.indexedDB && window.caches);
}

const absolute = (address) => new URL(address, location.href).href;

function filesOfPage() {
  return all("link[rel=stylesheet], link[rel=icon], script[src]").map((one) => one.href || one.src);
}

function keep(registration, addresses) {
  const worker = registration.active || registration.waiting || registration.installing;
  worker.postMessage({ keep: addresses });
}

// What comes later, with the first touch or key, is kept when it comes: seeing the form costs nobody more than that.
function keepWhatComes(registration, words) {
  const came = ({ target }) => { if (target.tagName === "SCRIPT" && target.src) keep(registration, [target.src]); };
  document.addEventListener("load", came, true);
  if (!words || !document.getElementById("declaration")) return;
  ["pointerdown", "keydown", "input"].forEach((use) => {
    document.addEventListener(use, () => keep(registration, [absolute(words)]), { once: true });
  });
}

function tellWhatIsHere(registration, words) {
  const page = navigator.serviceWorker.controller ? [] : [location.href.split("#")[0]];
  keep(registration, [...page, ...filesOfPage()]);
  keepWhatComes(registration, words);
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
