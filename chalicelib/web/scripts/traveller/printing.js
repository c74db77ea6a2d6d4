import { all } from "./dom.js";

/** Show the buttons that print: without script they would do nothing. */
export function showPrinting(within) {
  all("[data-print]", within).forEach((button) => { button.hidden = false; });
}

/** Buttons that print, which only script can. */
export function offerPrinting() {
  showPrinting(document);
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });
}
