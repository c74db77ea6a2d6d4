/** Say something to who does not see the page, without taking them anywhere. */
export function say(words) {
  document.querySelector("[data-told]").textContent = words;
}
