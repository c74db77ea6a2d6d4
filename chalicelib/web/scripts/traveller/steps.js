// One step at a time. The address says which, so that the browser's Back and Forward lead through them, and so does every
// link to a question. Whoever wants the whole form on one page gets it, and is asked no more.
import { draftAt, draftOf } from "./draft.js";
import { all } from "./dom.js";
import { clearFaults, showFaults } from "./faults.js";
import { drop, keys, read, write } from "./kept.js";
import { isMain } from "./pressed.js";
import { faultsIn } from "./step_checks.js";
import { isElder, showStop, stepOf, stopOf, stopsOf } from "./stops.js";

const STEP = "ws.step:";
const WHOLE = "ws.whole";
const AWAY = ".ws-languages__one, .ws-mode";
const title = document.title;

const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
const titleOf = (stop) => stepOf(stop).querySelector(".ws-step__title");

// A question further down in its step is read from its own words.
function headingOf(stop, before) {
  const own = before && stepOf(before) === stepOf(stop) && stop.querySelector("legend, label");
  const heading = own || titleOf(stop);
  heading.tabIndex = -1;
  return heading;
}

/** Forget where somebody was in a form of which nothing is kept any more. */
export function dropSteps() {
  keys(STEP).filter((key) => !draftAt(key.slice(STEP.length))).forEach(drop);
}

class Steps {
  constructor(form) {
    this.form = form;
    this.bar = form.querySelector(".ws-steps");
    this.back = this.bar.querySelector("[data-back]");
    this.whole = read(WHOLE) === true;
    this.now = this.home = this.begin();
  }

  // Where the address leads, else to what is to be mended, else to where one was.
  begin() {
    stopsOf(this.form); // From here on questions have names in addresses.
    const wrong = document.querySelector("[data-error-summary] a");
    const known = draftAt(draftOf(this.form)) && read(STEP + draftOf(this.form));
    const places = [target(), wrong && document.getElementById(wrong.hash.slice(1)), known && document.getElementById(known)];
    return places.map((place) => stopOf(this.form, place)).find(Boolean) || stopsOf(this.form)[0];
  }

  show(stop) {
    const stops = stopsOf(this.form);
    const place = stops.indexOf(stop);
    this.now = stop;
    showStop(this.form, this.whole ? null : stop);
    this.bar.hidden = false;
    Object.assign(this.bar.querySelector("progress"), { max: stops.length, value: place + 1, hidden: this.whole });
    all("[data-view]", this.bar).forEach((button) => { button.hidden = (button.dataset.view === "whole") === this.whole; });
    this.back.hidden = this.whole || !place;
    if (place) this.back.href = `#${stops[place - 1].id}`;
    all("[data-at-start]").forEach((part) => { part.hidden = !this.whole && place > 0; });
    all("[data-at-end]").forEach((part) => { part.hidden = !this.whole && place < stops.length - 1; });
    document.title = this.whole || !place ? title : `${titleOf(stop).textContent} · ${title}`;
    if (draftAt(draftOf(this.form))) write(STEP + draftOf(this.form), stop.id);
  }

  // A screen reader goes on from the heading, or from the question that a link named.
  arrive() {
    const named = target();
    const stop = stopOf(this.form, named) || (location.hash ? this.now : this.home);
    this.show(stop);
    if (this.whole || (named && named !== stop && !named.contains(stop))) return;
    window.scrollTo(0, this.bar.getBoundingClientRect().top + window.pageYOffset - 8);
    headingOf(stop, stopsOf(this.form)[stopsOf(this.form).indexOf(stop) - 1]).focus({ preventScroll: true });
  }

  go(stop) {
    this.show(stop);
    if (location.hash === `#${stop.id}`) this.arrive();
    else location.hash = stop.id;
  }

  // Answers that were looked at before go straight back to be checked, by way of what is missing.
  next(stop) {
    const later = stopsOf(this.form).slice(stopsOf(this.form).indexOf(stop) + 1);
    if (!("judged" in this.form.dataset)) return later[0];
    return stopsOf(this.form).find((one) => one !== stop && faultsIn(one, this.form).length);
  }

  leave(event) {
    if (this.whole || !isMain(event)) return;
    const stop = this.now;
    const faults = faultsIn(stop, this.form);
    const next = this.next(stop);
    if (!faults.length && !next) return;
    event.preventDefault();
    event.stopPropagation();
    if (!("judged" in this.form.dataset) || faults.length) clearFaults(this.form);
    if (faults.length) showFaults(faults);
    else this.go(next);
  }

  view(whole) {
    const stop = this.whole ? stopsOf(this.form).find((one) => one.getBoundingClientRect().bottom > 60) : this.now;
    this.whole = whole;
    write(WHOLE, whole);
    this.show(stop);
    headingOf(stop).focus();
  }
}

// A link into the page opens what it leads to before the browser goes there; another language or mode opens the same step.
function follow(steps, event) {
  const link = event.target.closest && event.target.closest(`a, ${AWAY}`);
  if (!link || steps.whole) return;
  const here = `#${link.matches(".ws-mode") ? stepOf(steps.now).id : steps.now.id}`;
  if (link.matches(AWAY) && link.href) link.hash = here;
  else if (link.matches(AWAY)) link.formAction = link.formAction.split("#")[0] + here;
  else if (link.hash && link.pathname === location.pathname) {
    const stop = stopOf(steps.form, document.getElementById(link.hash.slice(1)));
    if (!stop) return;
    if (link === steps.back) event.preventDefault(); // It leads elsewhere as soon as another step is shown.
    if (link === steps.back) steps.go(stop);
    else steps.show(stop);
  }
}

// What applies, and how many items there are, changes what is asked.
function followItems(form, steps) {
  form.addEventListener("change", () => steps.show(steps.now));
  form.addEventListener("ws:count", (event) => {
    const item = event.target.matches(".ws-item");
    if (item && !steps.whole) steps.go(stopOf(form, event.target));
    else steps.show(stopOf(form, event.target.closest(".ws-group")));
  });
}

/** From now on a form of several steps shows one of them, unless somebody chose otherwise on this phone. */
export function goInSteps(form) {
  if (stopsOf(form).length < 2 || !form.querySelector(".ws-steps")) return;
  const steps = new Steps(form);
  all(".ws-step__title", form).forEach((heading) => {
    heading.previousElementSibling.id = heading.id.replace("title-", "number-");
    heading.setAttribute("aria-describedby", heading.previousElementSibling.id);
  });
  steps.show(steps.home);
  form.addEventListener("submit", (event) => steps.leave(event));
  form.addEventListener("beforematch", (event) => steps.show(stopOf(form, event.target)));
  if (isElder()) followItems(form, steps);
  steps.bar.addEventListener("click", ({ target: { dataset } }) => { if (dataset.view) steps.view(dataset.view === "whole"); });
  document.addEventListener("click", (event) => follow(steps, event), true);
  window.addEventListener("hashchange", () => steps.arrive());
}
