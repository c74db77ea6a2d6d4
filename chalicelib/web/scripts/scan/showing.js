// What the officer sees: the verdict, large, and the lines that are on this device.
const PARTS = ["title", "name", "reference", "state", "zone", "text"];

function put(within, name, text) {
  within.querySelector(`[data-part=${name}]`).textContent = text || "";
}

/** Show a verdict: kind (good, bad, unsure) and its parts; what it does not have is empty. */
export function showVerdict(verdict) {
  const box = document.getElementById("verdict");
  box.hidden = false;
  box.dataset.kind = verdict.kind;
  PARTS.forEach((name) => put(box, name, verdict[name]));
  put(box, "signs", (verdict.signs || []).join(" · "));
  const link = box.querySelector("[data-part=href]");
  link.hidden = !verdict.href;
  if (verdict.href) link.href = verdict.href;
  // Counts verdicts, so that who drives the page knows a new one from the last.
  box.dataset.turn = Number(box.dataset.turn || 0) + 1;
}

/** Hours and minutes of a line, as the page's language writes them. */
export function timeOf(line) {
  return new Date(line.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

function row(words, verbs, line, away) {
  const shown = document.importNode(document.querySelector("[data-line]").content, true);
  put(shown, "reference", line.reference);
  put(shown, "verb", verbs[line.verb]);
  put(shown, "time", timeOf(line));
  put(shown, "why", line.why ? (words[line.why] || line.why) : words.kept);
  const button = shown.querySelector("[data-away]");
  button.hidden = !line.why;
  button.addEventListener("click", () => away(line));
  return shown;
}

/** The lines, with a button to put away those that were refused. */
export function showLines(root, words, verbs, lines, officer, away) {
  const list = root.querySelector("[data-list]");
  root.querySelector("[data-waiting]").hidden = !lines.length;
  root.querySelector("[data-others]").hidden = !officer || !lines.some((line) => !line.why && line.by !== officer);
  list.textContent = "";
  lines.forEach((line) => list.appendChild(row(words, verbs, line, away)));
}
