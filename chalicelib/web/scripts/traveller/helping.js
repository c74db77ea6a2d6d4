// What few need is asked for when somebody comes near it, and not with the page.
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

/**
 * What makes the whole form kinder comes with the first touch, key or scroll, so that seeing the form costs nobody more than
 * that; to a form that is filled in already it comes when everything else is there. Who saves data gets it with its
 * first use.
 */
export function helpLater(form) {
  const addresses = (form.dataset.scriptsLater || "").split(" ").filter(Boolean);
  const fetchAll = () => addresses.forEach(fetchOnce);
  form.addEventListener("focusin", (event) => { if (event.target.matches("[data-searched], [data-phone]")) fetchAll(); });
  if (navigator.connection && navigator.connection.saveData) return;
  ["pointerdown", "keydown", "input", "scroll"].forEach((use) => document.addEventListener(use, fetchAll, { once: true }));
  window.addEventListener("load", () => {
    const filled = [...form.querySelectorAll("[data-searched], [data-phone]")].some((field) => field.value);
    if (filled) setTimeout(fetchAll, 300);
  });
}

/** What a page does without a network comes last of all; who has none now gets it at once. */
export function helpOffline() {
  const line = document.querySelector(".ws-network");
  if (!line) return;
  const fetchIt = () => fetchOnce(line.dataset.script);
  if (document.readyState === "complete" || navigator.onLine === false) fetchIt();
  else window.addEventListener("load", () => setTimeout(fetchIt, 0));
}
