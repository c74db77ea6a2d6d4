// Every page of the traveller works without this file. It hides questions that do not apply, keeps boxes that rule each
// other out apart, says that a form is being sent, keeps a pass up to date while it is looked at, and prints.
(function () {
  "use strict";

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function answers(form, name) {
    return all("[name='" + name + "']", form).filter(function (box) {
      return (box.type !== "radio" && box.type !== "checkbox") || box.checked;
    }).map(function (box) { return box.value; });
  }

  function applies(form, conditions) {
    return Object.keys(conditions).every(function (name) {
      var given = answers(form, name);
      return conditions[name].some(function (wanted) { return given.indexOf(wanted) >= 0; });
    });
  }

  function showWhatApplies(form) {
    all("[data-shown-when]", form).forEach(function (group) {
      group.hidden = !applies(form, JSON.parse(group.dataset.shownWhen));
    });
  }

  // "None of these" and the boxes above it.
  function keepApart(box) {
    var boxes = box.checked && box.type === "checkbox" && box.closest(".govuk-checkboxes");
    if (!boxes) return;
    var alone = box.dataset.behaviour === "exclusive";
    all("input[type=checkbox]", boxes).forEach(function (other) {
      if (other !== box && (alone || other.dataset.behaviour === "exclusive")) other.checked = false;
    });
  }

  var form = document.getElementById("declaration");
  var typed = false;
  if (form) {
    showWhatApplies(form);
    form.addEventListener("change", function (event) {
      keepApart(event.target);
      showWhatApplies(form);
    });
    form.addEventListener("input", function () { typed = true; });
  }

  // Another language, with something typed: post it along instead of leaving it behind.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.ws-languages__one");
    if (!link || !form || !form.dataset.kept || !typed) return;
    event.preventDefault();
    form.action = form.dataset.kept + "?lang=" + encodeURIComponent(link.hreflang);
    form.submit();
  });

  document.addEventListener("submit", function (event) {
    var button = event.submitter && event.submitter.dataset.sending ? event.submitter : event.target.querySelector("[data-sending]");
    if (!button || event.defaultPrevented || (event.submitter && event.submitter.hasAttribute("formaction"))) return;
    button.dataset.resting = button.textContent;
    button.textContent = button.dataset.sending;
    button.setAttribute("aria-live", "polite");
  });
  window.addEventListener("pageshow", function () {
    all("[data-resting]").forEach(function (button) { button.textContent = button.dataset.resting; });
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });

  function refresh(live) {
    if (document.visibilityState !== "visible" || live.contains(document.activeElement)) return;
    fetch(location.href, { cache: "no-store" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      var fresh = text && new DOMParser().parseFromString(text, "text/html").getElementById("live");
      if (!fresh) return;
      prepare(fresh);
      if (fresh.innerHTML !== live.innerHTML) live.replaceChildren.apply(live, Array.prototype.slice.call(fresh.childNodes));
      if (!fresh.dataset.live) clearInterval(timer);
    }).catch(function () { /* The network is away: what is shown stays, and the next turn asks again. */ });
  }

  function prepare(within) {
    all("[data-print]", within).forEach(function (button) { button.hidden = false; });
  }

  prepare(document);
  var live = document.querySelector("[data-live]");
  var timer = live && setInterval(function () { refresh(live); }, Number(live.dataset.live) * 1000);
  if (live) document.addEventListener("visibilitychange", function () { refresh(live); });
})();
