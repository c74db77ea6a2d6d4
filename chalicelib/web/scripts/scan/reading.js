// The code in a picture: by the browser's detector, else by a reader that is loaded for it.
import { load } from "./files.js";

const WIDEST = 900;

function detector() {
  if (!("BarcodeDetector" in self)) return Promise.resolve(null);
  return BarcodeDetector.getSupportedFormats()
    .then((formats) => (formats.indexOf("qr_code") < 0 ? null : new BarcodeDetector({ formats: ["qr_code"] })))
    .catch(() => null);
}

function pixels(shown, board, widest) {
  const [width, height] = [shown.videoWidth || shown.naturalWidth, shown.videoHeight || shown.naturalHeight];
  const scale = Math.min(1, widest / Math.max(width, height));
  board.width = Math.round(width * scale);
  board.height = Math.round(height * scale);
  const pen = board.getContext("2d", { willReadFrequently: true });
  pen.drawImage(shown, 0, 0, board.width, board.height);
  return pen.getImageData(0, 0, board.width, board.height);
}

/** A promise of what reads a video or an image, `widest` pixels at most: a promise of the code, or of nothing. */
export function reader(setting) {
  return detector().then((native) => {
    if (native) return (shown) => native.detect(shown).then((found) => (found.length ? found[0].rawValue : ""));
    const board = document.createElement("canvas");
    return load(setting.reader).then(() => (shown, widest) => Promise.resolve(self.wsReadCode(pixels(shown, board, widest || WIDEST))));
  });
}
