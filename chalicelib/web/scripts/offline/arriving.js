// A pass that is open: its declaration has arrived, and needs no word any more.
import { unqueue, unsent } from "./queue.js";

const pathOf = (address) => new URL(address, location.href).pathname;

/** Forget what arrived as the pass of this page. */
export async function forgetArrived() {
  const records = await unsent();
  const shown = records.filter(({ state, pass }) => state === "kept" && pathOf(pass) === location.pathname);
  await Promise.all(shown.map(({ key }) => unqueue(key)));
}
