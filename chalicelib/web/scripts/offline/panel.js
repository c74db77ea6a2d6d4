// What waits, as the page shows it. Its words come once, after everything else, and stand in the page from then on.
import { all } from "../traveller/dom.js";
import { endOfWaiting } from "./queue.js";

/** The panel, put before the form; rejects when its words cannot be had. */
export function panelFor(form, address) {
  return fetch(address)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error("no words"))))
    .then((text) => {
      const made = document.createElement("template");
      made.innerHTML = text;
      return form.parentNode.insertBefore(made.content.firstElementChild, form);
    });
}

function moment(time, how) {
  return new Date(time).toLocaleString(`${document.documentElement.lang}-u-nu-latn`, Object.assign({ hour: "2-digit", minute: "2-digit" }, how));
}

function say(within, name, values) {
  all(`[data-${name}]`, within).forEach((one) => {
    one.textContent = one.dataset[name].replace(/{(\w+)}/g, (_, word) => values[word]);
  });
}

function row(panel, record, number, total) {
  const made = document.importNode(panel.querySelector("template").content, true).firstElementChild;
  made.dataset.key = record.key;
  all("[data-state]", made).forEach((one) => { if (one.dataset.state.split(" ").indexOf(record.state) < 0) one.remove(); });
  all("[data-name]", made).forEach((one) => { one.textContent = record.name; });
  say(made, "number", { number, total });
  say(made, "signed", { time: moment(record.at), until: moment(endOfWaiting(record), { weekday: "long" }) });
  if (record.tries) say(made, "again", { time: moment(record.next) });
  all("[data-reference]", made).forEach((one) => { one.textContent = record.reference; });
  all("[data-pass]", made).forEach((one) => { one.href = record.pass; });
  return made;
}

/** Show these records. */
export function showRows(panel, records) {
  const place = panel.querySelector("[data-rows]");
  const rows = records.map((record, index) => row(panel, record, index + 1, records.length));
  place.textContent = "";
  rows.forEach((one) => place.appendChild(one));
}
