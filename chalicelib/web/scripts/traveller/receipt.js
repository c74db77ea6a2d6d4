/** A kept declaration: its reference in large type, and the way to the pass, which opens by itself. */
export function showReceipt(kept) {
  const main = document.getElementById("main");
  const receipt = document.getElementById("receipt").content.cloneNode(true);
  main.textContent = "";
  main.appendChild(receipt);
  main.querySelector(".ws-reference").textContent = kept.reference;
  main.querySelector("a").href = kept.pass;
  main.focus();
  location.assign(kept.pass);
}
