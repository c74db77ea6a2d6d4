let audio = null;

/** Browsers let a page sound only after somebody touched it. */
export function allowSound() {
  const Audio = self.AudioContext || self.webkitAudioContext;
  if (Audio && !audio) audio = new Audio();
  if (audio && audio.state === "suspended") audio.resume().catch(() => {});
}

function tone(pitch, from, length) {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.frequency.value = pitch;
  volume.gain.value = 0.25;
  source.connect(volume).connect(audio.destination);
  source.start(audio.currentTime + from);
  source.stop(audio.currentTime + from + length);
}

/** One high tone for good, two low ones for anything else: to be told apart with the eyes elsewhere. */
export function beep(kind) {
  if (navigator.vibrate) navigator.vibrate(kind === "good" ? 80 : [150, 80, 150]);
  if (!audio) return;
  if (kind === "good") tone(1175, 0, 0.14);
  else [0, 0.24].forEach((from) => tone(220, from, 0.18));
}
