// Every page works without this file. It makes four things kinder:
// an error summary gets the focus, a form is sent once, a notice can be put away, and so can a list over the page.
(function () {
  "use strict";

  var summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
  // Coming back with the browser's Back button, the same form may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  document.querySelectorAll("[data-dismiss]").forEach(function (notice) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "ws-notice__dismiss";
    button.textContent = notice.dataset.dismiss;
    button.addEventListener("click", function () { notice.remove(); });
    notice.appendChild(button);
  });

  // A list that lies over the page goes away with Escape, and with a press beside it.
  function putAway(event) {
    document.querySelectorAll("details[data-over][open]").forEach(function (list) {
      var inside = list.contains(event.target), key = event.type === "keydown";
      if (key ? event.key !== "Escape" : inside) return;
      list.open = false;
      if (key && inside) list.querySelector("summary").focus();
    });
  }
  document.addEventListener("keydown", putAway);
  document.addEventListener("click", putAway);
})();
