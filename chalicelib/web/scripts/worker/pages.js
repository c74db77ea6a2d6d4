// How the worker answers: a page from the network, else its copy; a file from its shelf; a post from the network only.
import { FILES, has, keptAt, nearest, put, shelfOf } from "./shelves.js";

const PATIENCE = 5 * 1000;

/** Keep what was loaded before this worker was there. */
export async function keepAll(addresses) {
  for (const address of addresses) {
    const shelf = shelfOf(address);
    if (shelf && !(await has(shelf, address))) await put(shelf, address, await fetch(address));
  }
}

// The page's script reads from its root that this is a copy, of when, and of which address.
async function asCopy({ url, answer }) {
  const told = `<html data-network="away" data-kept="${keptAt(answer)}" data-copy="${encodeURI(new URL(url).search)}" `;
  return new Response((await answer.text()).replace("<html ", told), { status: 200, headers: answer.headers });
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_, give) => setTimeout(() => give(new Error("too slow")), PATIENCE))]);
}

async function fromNetwork(event, shelf) {
  const answer = await fetch(event.request);
  const kept = answer.clone();
  event.waitUntil(put(shelf, event.request.url, kept).catch(() => { /* There is no room: nothing is kept. */ }));
  return answer;
}

/** A page from the network and kept, else the copy that stands for it under `address`. */
export async function page(event, shelf, address) {
  const copy = await nearest(shelf, address).catch(() => null);
  const asked = fromNetwork(event, shelf);
  event.waitUntil(asked.catch(() => { /* Said below. */ })); // An answer that comes late is kept all the same.
  if (!copy) return asked;
  try {
    const answer = await inTime(asked);
    return answer.status >= 500 ? asCopy(copy) : answer;
  } catch (_) {
    return asCopy(copy);
  }
}

/** A page that shows itself anew; its copy is renewed if there is one, since somebody may have removed it. */
export async function renewed(event, shelf) {
  const { url } = event.request;
  return await has(shelf, url) ? fromNetwork(event, shelf) : fetch(event.request);
}

/** A file under a name that never changes its content. */
export async function file(event) {
  const { url } = event.request;
  const found = await (await caches.open(FILES.name)).match(url);
  if (found) return found;
  return new URL(url).searchParams.has("v") ? fromNetwork(event, FILES) : fetch(event.request);
}

/** Answers that a form posts. Without a network the page stays as it is, and hears why. */
export async function posted(event) {
  try {
    return await fetch(event.request);
  } catch (_) {
    const open = await self.clients.matchAll({ type: "window" });
    open.forEach((client) => client.postMessage({ away: event.request.url }));
    return new Response(null, { status: 204 });
  }
}
