// A declaration without a network: read back here, signed, and sent when it can be. Amendments never wait: an old change
// that comes late must not undo a later one.
import { all } from "../traveller/dom.js";
import { inVain, sendAll } from "./delivering.js";
import { showRows } from "./panel.js";
import { queue, unqueue, unsent } from "./queue.js";
import { freeForm, isBusy, putBack, recordOf } from "./records.js";

const TOLD = "ws.unsent";
const HEADS = { review: "[data-review] h2", list: "[data-rows] h2" };

/** The form, and beside it a panel with one of two things: what is to be signed, or what waits. */
export class Waiting {
  constructor(form, panel, registration) {
    Object.assign(this, { form, panel, registration, timer: 0, seen: [], shown: "form" });
    this.submit = form.action.replace("/check?", "/submit?");
  }

  /** Bring the "form", the "review" or the "list" to the front. */
  show(what) {
    this.shown = what;
    this.form.hidden = what !== "form";
    all(".ws-page-header, .ws-saved, .ws-ahead").forEach((part) => part.classList.toggle("ws-put-away", what !== "form"));
    this.panel.querySelector("[data-review]").hidden = what !== "review";
    this.panel.querySelector("[data-list]").hidden = what === "review";
    this.panel.querySelector("[data-another]").hidden = what !== "list";
    this.panel.hidden = false;
    this.head();
    (what === "form" ? this.form : this.panel).focus();
    window.scrollTo(0, 0);
  }

  // With the page's own heading put away, what is shown has the first one.
  head() {
    const heading = this.panel.querySelector(HEADS[this.shown] || "none");
    if (!heading) return;
    heading.setAttribute("role", "heading");
    heading.setAttribute("aria-level", "1");
  }

  /** Show what became of everything that waits. Who waited for it on this page is led to the pass. */
  async look() {
    const records = await unsent();
    const arrived = records.find(({ key, state }) => state === "kept" && this.seen.indexOf(key) >= 0);
    showRows(this.panel, records);
    this.head();
    this.panel.hidden = !records.length && this.shown !== "review";
    this.seen = records.filter(({ state }) => state === "waiting").map(({ key }) => key);
    this.plan(records);
    if (arrived && !isBusy(this.form)) location.assign(arrived.pass);
    else if (!records.length && this.shown === "list") location.replace(this.form.dataset.fresh);
  }

  plan(records) {
    const next = records.filter(({ state }) => state === "waiting").map((record) => record.next);
    clearTimeout(this.timer);
    if (next.length && navigator.onLine !== false) this.timer = setTimeout(() => this.send("time"), Math.max(1000, Math.min(...next) - Date.now()));
  }

  /** Send what is due, and show what came of it. */
  async send(why) {
    if (why === "pressed") all("[data-going]", this.panel).forEach((one) => { one.textContent = one.dataset.going; });
    await sendAll(why);
    await this.changed();
  }

  /** This page and the other tabs look again. */
  changed() {
    try {
      localStorage.setItem(TOLD, String(Date.now()));
    } catch (_) { /* They see it with their next look. */ }
    return this.look();
  }

  /** Keep these fields until they can be sent, after an outcome in vain if there was one; rejects where nothing is kept. */
  async keep(body, outcome) {
    const record = Object.assign(recordOf(this.form, this.submit, body), outcome ? inVain(0, outcome) : {});
    await queue(record);
    freeForm(record);
    this.show("list");
    await this.changed();
    if (this.registration.sync) this.registration.sync.register("unsent").catch(() => { /* The page sends it. */ });
    this.send("network");
  }

  /** Take a record back into the draft, and go on from there; not while somebody is at another declaration. */
  async takeBack(key, goOn) {
    const record = (await unsent()).find((one) => one.key === key);
    const busy = isBusy(this.form);
    this.panel.querySelector("[data-busy]").hidden = !busy;
    if (!record || busy) return;
    putBack(record);
    await unqueue(key);
    goOn(record);
  }

  /** Take a record off this phone. */
  async remove(key) {
    await unqueue(key);
    await this.changed();
  }

  /** Send and look whenever there may be something new. */
  listen() {
    window.addEventListener("online", () => this.send("network"));
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") this.send("network"); });
    window.addEventListener("storage", ({ key }) => { if (key === TOLD) this.look(); });
  }
}
