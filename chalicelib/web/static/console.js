// The officers' pages work without this file. It keeps lists up to date and counts what is ticked.
(function () {
  "use strict";

  var EVERY = 10000;
  var region = document.querySelector("[data-live]");

  // Nothing moves under somebody's finger: not while a reason is written, a box opened or a row focused.
  function busy() {
    return document.hidden || region.contains(document.activeElement) || region.querySelector("details[open], form[data-sent]");
  }

  function refresh() {
    if (busy()) return;
    fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
      .then(function (text) {
        var fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
        if (fresh && !busy()) region.replaceChildren.apply(region, Array.from(document.importNode(fresh, true).childNodes));
      })
      .catch(function () { /* The next round may find the network again. */ });
  }

  if (region) {
    document.querySelectorAll("[data-live-words]").forEach(function (words) { words.hidden = false; });
    setInterval(refresh, EVERY);
  }

  document.querySelectorAll("[data-tally]").forEach(function (note) {
    function count() {
      var ticked = document.querySelectorAll('input[name="' + note.dataset.tallyOf + '"]:checked').length;
      note.textContent = ticked ? note.dataset.tally.replace("#", ticked) : "";
    }
    document.addEventListener("change", count);
    count();
  });
})();
