// The buttons that look: the camera, and a picture that is chosen.
import { open, reasonOf } from "./camera.js";
import { readPicture } from "./pictures.js";
import { allowSound } from "./sound.js";

/** Shows the camera's buttons where there may be one; `seen(code)` hears of codes, `fails(reason)` why there are none. */
export function offerCamera(root, setting, seen, fails) {
  const [start, stop] = [root.querySelector("[data-camera-start]"), root.querySelector("[data-camera-stop]")];
  let close = null;
  const turned = (on) => {
    start.hidden = on;
    stop.hidden = !on;
    (on ? stop : start).focus(); // The button under the finger is gone: the keyboard goes on from the other.
  };
  root.querySelector("[data-camera]").hidden = !navigator.mediaDevices;
  start.addEventListener("click", () => {
    allowSound();
    start.disabled = true;
    open(setting, root.querySelector("[data-video]"), seen).then((closing) => {
      close = closing;
      start.disabled = false;
      turned(true);
    }, (failed) => {
      start.disabled = false;
      fails(reasonOf(failed));
    });
  });
  stop.addEventListener("click", () => {
    close();
    turned(false);
  });
}

/** Reads the picture that is chosen. */
export function offerPictures(root, setting, seen, fails) {
  const box = root.querySelector("#picture");
  root.querySelector("[data-picture]").hidden = false;
  box.addEventListener("change", () => {
    const file = box.files[0];
    allowSound();
    if (!file) return;
    readPicture(setting, file).then((code) => (code ? seen(code) : fails("no_code")), () => fails("no_picture"));
    box.value = ""; // The same picture may be chosen once more.
  });
}
