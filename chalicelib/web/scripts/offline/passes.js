// A pass that was seen stays on this phone for a while; whoever holds the phone may take it off.
const SHELF = "ws-passes";
const PATIENCE = 10;

const pathOf = (address) => new URL(address).pathname.toLowerCase();

async function copies() {
  const keys = await (await caches.open(SHELF)).keys();
  return keys.filter(({ url }) => pathOf(url) === pathOf(location.href));
}

// The worker may still be writing it.
async function areKept(tries) {
  if ((await copies()).length) return true;
  if (!tries) return false;
  await new Promise((done) => setTimeout(done, 300));
  return areKept(tries - 1);
}

async function remove(button) {
  const cache = await caches.open(SHELF);
  await Promise.all((await copies()).map((key) => cache.delete(key)));
  button.disabled = true;
  button.textContent = button.dataset.forget;
}

/** Once the pass of this page is kept, say so and offer to remove it. */
export async function offerForgetting(part) {
  if (!part.hidden || !(await areKept(PATIENCE))) return;
  part.hidden = false;
  part.querySelector("[data-forget]").addEventListener("click", ({ currentTarget }) => remove(currentTarget));
}
