// What few need is asked for when somebody comes near it, and not with the page.
import { all } from "./dom.js";

const asked = {};

function fetchOnce(address) {
  if (asked[address]) return;
  asked[address] = true;
  const script = document.createElement("script");
  script.src = address;
  script.onerror = () => { asked[address] = false; };
  document.head.appendChild(script);
}

/** A part of the form that names a script in `data-script` gets it with the first focus, or when it is opened. */
export function helpWhoComesNear(form) {
  const near = (event) => {
    const part = event.target.closest && event.target.closest("[data-script]");
    if (part) fetchOnce(part.dataset.script);
  };
  form.addEventListener("focusin", near);
  form.addEventListener("pointerdown", near);
}

const SIGNS = ["pointerdown", "keydown", "input", "scroll"];

// Seeing the form costs nobody more than the form.
function atFirstSign(act) {
  SIGNS.forEach((sign) => document.addEventListener(sign, act, { once: true }));
}

function whenAllIsThere(act) {
  if (document.readyState === "complete") act();
  else window.addEventListener("load", () => setTimeout(act, 0));
}

/**
 * What makes the whole form kinder comes with the first touch, key or scroll; to a form that is filled in already it comes
 * when everything else is there. Who saves data gets it with its first use.
 */
export function helpLater(form) {
  const addresses = (form.dataset.scriptsLater || "").split(" ").filter(Boolean);
  const fetchAll = () => addresses.forEach(fetchOnce);
  form.addEventListener("focusin", (event) => { if (event.target.matches("[data-searched], [data-phone]")) fetchAll(); });
  if (navigator.connection && navigator.connection.saveData) return;
  atFirstSign(fetchAll);
  whenAllIsThere(() => { if (all("[data-searched], [data-phone]", form).some((field) => field.value)) fetchAll(); });
}

/**
 * What a page does without a network comes to a form that nobody has touched with the first sign of somebody, to one that
 * this phone has opened before, and to any other page, when everything else is there; who has no network gets it at once.
 */
export function helpOffline(form) {
  const line = document.querySelector(".ws-network");
  if (!line) return;
  const fetchIt = () => fetchOnce(line.dataset.script);
  const isNew = form && form.dataset.kept && !(navigator.serviceWorker && navigator.serviceWorker.controller);
  if (navigator.onLine === false) fetchIt();
  else if (isNew) atFirstSign(fetchIt);
  else whenAllIsThere(fetchIt);
}
