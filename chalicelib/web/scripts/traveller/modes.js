// Elder mode is a page of its own address. Once chosen, this phone opens that one, whichever code was scanned.
import { read, write } from "./kept.js";
import { isElder } from "./stops.js";

const MODE = "ws.mode";

/** Keep what was chosen, and go to the form in the mode that was. */
export function keepMode(form) {
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest(".ws-mode")) write(MODE, isElder() ? "usual" : "elder");
  });
  const other = document.querySelector("a.ws-mode");
  if (!form || !form.dataset.kept || !other) return;
  if (isElder()) write(MODE, "elder");
  else if (read(MODE) === "elder") location.replace(other.href + location.hash);
}
