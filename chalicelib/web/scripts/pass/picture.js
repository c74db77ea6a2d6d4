// What draws the picture is asked for when somebody wants one; where that fails, the pass is printed.
import { all } from "../traveller/dom.js";
import { say } from "./telling.js";

let asked = false;

function drawing(address) {
  return new Promise((done, failed) => {
    if (window.waystationPicture) {
      done(window.waystationPicture);
      return;
    }
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(window.waystationPicture);
    script.onerror = failed;
    document.head.appendChild(script);
  });
}

function show(picture) {
  const frame = document.getElementById("picture");
  const image = frame.querySelector("img") || frame.insertBefore(new Image(), frame.firstChild);
  image.className = "ws-picture__image";
  image.alt = frame.dataset.alt;
  image.src = picture.address;
  frame.hidden = false;
  say(frame.querySelector("figcaption").textContent);
}

/** Show the buttons that make a picture: without script they would do nothing. */
export function showPicturing(within) {
  all("[data-picture]", within).forEach((button) => { button.hidden = false; });
}

/** The button that saves the pass as a picture, made on this phone. */
export function offerPicture() {
  showPicturing(document);
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-picture]");
    if (!button || asked) return;
    asked = true;
    drawing(button.dataset.picture)
      .then((picture) => picture.save(document.querySelector("[data-drawn-from]"), button.dataset.name))
      .then(show)
      .catch(() => window.print())
      .then(() => { asked = false; });
  });
}
