import { draftAt, draftOf } from "./draft.js";

/** Another language or mode, with something typed that the phone could not keep: post it along instead of leaving it behind. */
export function keepWhatIsTyped(form) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.ws-languages__one, a.ws-mode");
    if (!link || !form.dataset.kept || !typed || draftAt(draftOf(form))) return;
    event.preventDefault();
    form.action = form.dataset.kept + link.search + link.hash;
    form.submit();
  });
}
