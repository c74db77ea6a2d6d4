// Looks for codes in what the camera sees: by the browser's detector, else by a reader that is loaded for it.
import { load } from "./files.js";

const EVERY = 150;
const WIDEST = 900;
const SAME_AFTER = 2500;

function detector() {
  if (!("BarcodeDetector" in self)) return Promise.resolve(null);
  return BarcodeDetector.getSupportedFormats()
    .then((formats) => (formats.indexOf("qr_code") < 0 ? null : new BarcodeDetector({ formats: ["qr_code"] })))
    .catch(() => null);
}

function picture(video, board) {
  const scale = Math.min(1, WIDEST / video.videoWidth);
  board.width = Math.round(video.videoWidth * scale);
  board.height = Math.round(video.videoHeight * scale);
  const pen = board.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, board.width, board.height);
  return pen.getImageData(0, 0, board.width, board.height);
}

function reader(setting) {
  return detector().then((native) => {
    if (native) return (video) => native.detect(video).then((found) => (found.length ? found[0].rawValue : ""));
    const board = document.createElement("canvas");
    return load(setting.reader).then(() => (video) => Promise.resolve(self.wsReadCode(picture(video, board))));
  });
}

/** Opens the camera into `video`; `seen(code)` hears of each code once. A promise of a function that closes it. */
export function open(setting, video, seen) {
  let on = true;
  let last = { code: "", at: 0 };
  const hear = (code) => {
    const now = Date.now();
    if (code && (code !== last.code || now - last.at > SAME_AFTER)) seen(code);
    if (code) last = { code, at: now };
  };
  const look = (read) => {
    if (!on) return;
    const again = () => setTimeout(look, EVERY, read);
    if (video.readyState < 2 || document.hidden) again();
    else read(video).then(hear).then(again, again);
  };
  const wish = { audio: false, video: { facingMode: "environment", width: { ideal: 1280 } } };
  return navigator.mediaDevices.getUserMedia(wish).then((stream) => reader(setting).then((read) => {
    video.srcObject = stream;
    video.hidden = false;
    return video.play().then(() => {
      look(read);
      return () => {
        on = false;
        stream.getTracks().forEach((track) => track.stop());
        video.hidden = true;
      };
    });
  }, (failed) => {
    stream.getTracks().forEach((track) => track.stop());
    throw failed;
  }));
}
