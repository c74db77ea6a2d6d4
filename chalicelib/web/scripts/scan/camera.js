// Looks for codes in what the camera sees.
import { reader } from "./reading.js";

const EVERY = 150;
const SAME_AFTER = 2500;
const REASONS = { NotAllowedError: "camera_refused", NotFoundError: "camera_none", OverconstrainedError: "camera_none" };

/** Which words say why the camera did not open. */
export function reasonOf(failed) {
  return REASONS[failed && failed.name] || "camera_away";
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
