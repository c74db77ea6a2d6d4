// The parts of a form that are shown one at a time. What is of another part stays in the page: the browser's own search
// finds it, it is printed, and it is posted.
import { all } from "./dom.js";

/** The steps, in the order of the page. */
export function stopsOf(form) {
  return all(".ws-step[id]", form);
}

/** The step that holds an element, or is it; undefined for anything else. */
export function stopOf(form, element) {
  return element ? stopsOf(form).find((stop) => stop.contains(element)) : undefined;
}

/** The step that is shown: the first, where all are. */
export function shownOf(form) {
  return stopsOf(form).find((stop) => !stop.hasAttribute("hidden"));
}

// To a screen reader an empty region would still be one.
const PUT_AWAY = { hidden: "until-found", "aria-hidden": "true" };

/** Show one step and put the others away; without one, show all. */
export function showStop(form, shown) {
  stopsOf(form).forEach((stop) => {
    const away = Boolean(shown) && stop !== shown;
    Object.keys(PUT_AWAY).forEach((name) => (away ? stop.setAttribute(name, PUT_AWAY[name]) : stop.removeAttribute(name)));
  });
}
