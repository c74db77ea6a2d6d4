// Hides questions that do not apply, and keeps boxes that rule each other out apart.
import { all } from "./dom.js";

function answers(form, name) {
  return all(`[name='${name}']`, form)
    .filter((box) => (box.type !== "radio" && box.type !== "checkbox") || box.checked)
    .map((box) => box.value);
}

/** Whether the answers named are among those given for them. */
export function applies(form, conditions) {
  return Object.keys(conditions).every((name) => {
    const given = answers(form, name);
    return conditions[name].some((wanted) => given.indexOf(wanted) >= 0);
  });
}

function showWhatApplies(form) {
  all("[data-shown-when]", form).forEach((group) => {
    const applying = applies(form, JSON.parse(group.dataset.shownWhen));
    // What is of another step is hidden too, in a way of its own.
    if (!applying) group.setAttribute("hidden", "");
    else if (group.getAttribute("hidden") === "") group.removeAttribute("hidden");
  });
}

// "None of these" and the boxes above it.
function keepApart(box) {
  const boxes = box.checked && box.type === "checkbox" && box.closest(".govuk-checkboxes");
  if (!boxes) return;
  const alone = box.dataset.behaviour === "exclusive";
  all("input[type=checkbox]", boxes).forEach((other) => {
    if (other !== box && (alone || other.dataset.behaviour === "exclusive")) other.checked = false;
  });
}

/** From now on the form shows what applies to what is answered. */
export function watchAnswers(form) {
  showWhatApplies(form);
  form.addEventListener("change", (event) => {
    keepApart(event.target);
    showWhatApplies(form);
  });
}
