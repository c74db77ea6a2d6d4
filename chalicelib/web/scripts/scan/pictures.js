// A picture that is chosen or taken: for devices whose camera the page cannot open, on http too.
import { reader } from "./reading.js";

// The first is quick and finds a code that is near; the second finds one that is small in a large picture.
const WIDTHS = [900, 1800];

function drawn(file) {
  return new Promise((done, failed) => {
    const [image, text] = [new Image(), new FileReader()];
    image.onload = () => done(image);
    image.onerror = text.onerror = failed;
    text.onload = () => { image.src = text.result; };
    text.readAsDataURL(file);
  });
}

function tried(read, image, widths) {
  if (!widths.length) return Promise.resolve("");
  return read(image, widths[0]).then((code) => code || tried(read, image, widths.slice(1)));
}

/** A promise of the code in a picture file, empty where there is none; rejects for what is no picture. */
export function readPicture(setting, file) {
  return drawn(file).then((image) => reader(setting).then((read) => tried(read, image, WIDTHS)));
}
