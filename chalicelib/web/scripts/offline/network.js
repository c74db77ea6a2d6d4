// What a page says of the network: a line above it while there is none, and what that means for this page.
import { draftAt, draftOf } from "../traveller/draft.js";

const root = document.documentElement;

/** Whether the network is away, as far as the browser or the worker can tell. */
export function isAway() {
  return navigator.onLine === false || Boolean(root.dataset.network);
}

/** The worker, or a post without an answer, found the network away. */
export function setAway(away) {
  if (away) root.dataset.network = "away";
  else delete root.dataset.network;
}

// Digits are the page's own in every language.
function keptAt() {
  const kept = new Date(Number(root.dataset.kept) || Date.now());
  return kept.toLocaleString(`${root.lang}-u-nu-latn`, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
}

function sentence(line) {
  const amends = document.querySelector("#declaration [name='_token']");
  return (window.isSecureContext === false && line.dataset.insecure) || (amends && line.dataset.amending) || line.dataset.away;
}

/** Say it, or take it back. */
export function sayNetwork(line) {
  line.hidden = !isAway();
  if (!line.hidden) line.querySelector("p").textContent = sentence(line).replace("{time}", keptAt());
}

/** From now on the page says when there is no network. */
export function watchNetwork(line) {
  window.addEventListener("online", () => { setAway(false); sayNetwork(line); });
  window.addEventListener("offline", () => sayNetwork(line));
  sayNetwork(line);
}

const PREFILLED = [["flight", "flight_number"], ["date", "arrival_date"]];

function boxesOf(form, name) {
  return ["", ".day", ".month", ".year"].map((part) => form.elements[name + part]).filter(Boolean);
}

// A date stands in three boxes.
function partOf(box, value) {
  const [year, month, day] = value.split("-");
  const part = box.name.split(".")[1];
  return part ? { day, month, year }[part] || "" : value;
}

/** A copy of another flight's form says the flight that was asked for, unless somebody typed one. */
export function rightFlight(form) {
  const copy = new URLSearchParams(root.dataset.copy || location.search);
  const asked = new URLSearchParams(location.search);
  const draft = draftAt(draftOf(form));
  PREFILLED.filter(([query]) => copy.get(query) !== asked.get(query)).forEach(([query, name]) => {
    boxesOf(form, name).filter((box) => !draft || !(box.name in draft.answers)).forEach((box) => {
      box.value = partOf(box, asked.get(query) || "");
    });
  });
}
