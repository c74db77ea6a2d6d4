// What the worker keeps: the empty forms, the files they need, and passes that were shown on this phone.
const BASE = new URL("./", self.location).pathname;
const [FORMS, FILES, PASSES] = ["ws-forms", "ws-files", "ws-passes"];
const KINDS = [[/^d\/[^/]+$/, FORMS], [/^p\/[^/]+$/i, PASSES], [/^static\/[^/]+$/, FILES]];
const MOST_FORMS = 8;
const PASS_LASTS = 30 * 24 * 3600 * 1000;
const PATIENCE = 5 * 1000;
const KEPT = "x-kept";

/** Which of the caches an address belongs to, or nothing. */
export function shelfOf(address) {
  const url = new URL(address);
  const kind = url.origin === self.location.origin && url.pathname.startsWith(BASE) && KINDS.find(([shape]) => shape.test(url.pathname.slice(BASE.length)));
  return kind ? kind[1] : "";
}

async function copy(answer, more) {
  const headers = new Headers(answer.headers);
  ["content-encoding", "content-length"].forEach((name) => headers.delete(name));
  headers.set(KEPT, String(Date.now()));
  return new Response(await answer.text(), { status: 200, headers, ...more });
}

// In the order in which they were put there; the same file of another version makes room.
async function tidy(shelf, cache, address) {
  const keys = await cache.keys();
  const other = ({ url }) => url !== address && new URL(url).pathname === new URL(address).pathname;
  if (shelf === FILES) await Promise.all(keys.filter(other).map((key) => cache.delete(key)));
  if (shelf === FORMS) await Promise.all(keys.slice(0, -MOST_FORMS).map((key) => cache.delete(key)));
  if (shelf !== PASSES) return;
  const ages = await Promise.all(keys.map(async (key) => Date.now() - Number((await cache.match(key)).headers.get(KEPT))));
  await Promise.all(keys.filter((_, place) => ages[place] > PASS_LASTS).map((key) => cache.delete(key)));
}

async function put(shelf, address, answer) {
  const cache = await caches.open(shelf);
  if (answer.status === 404 && shelf === PASSES) await cache.delete(address);
  if (answer.status !== 200 || answer.redirected) return;
  await cache.put(address, shelf === FILES ? answer : await copy(answer));
  await tidy(shelf, cache, address);
}

/** Keep a page that was loaded before this worker was there, with its files. */
export async function keepAll(addresses) {
  for (const address of addresses) {
    const shelf = shelfOf(address);
    if (shelf && !(await (await caches.open(shelf)).match(address))) await put(shelf, address, await fetch(address));
  }
}

// The form as it was asked for; else another of its point, in the same language rather than not.
async function kept(shelf, address) {
  const cache = await caches.open(shelf);
  const url = new URL(address);
  const same = (await cache.keys()).reverse().filter((key) => new URL(key.url).pathname === url.pathname);
  const spoken = same.filter((key) => new URL(key.url).searchParams.get("lang") === url.searchParams.get("lang"));
  const best = [same.find((key) => key.url === address), spoken[0], same[0]].find(Boolean);
  return best && cache.match(best);
}

// The page's script reads from its root that this is a copy, and of when.
async function asCopy(answer, state) {
  const text = (await answer.text()).replace("<html ", `<html data-network="${state}" data-kept="${answer.headers.get(KEPT)}" `);
  return new Response(text, { status: 200, headers: answer.headers });
}

function inTime(answer, limit) {
  return Promise.race([answer, new Promise((_, give) => setTimeout(() => give(new Error("too slow")), limit))]);
}

/** A page from the network and kept, else its copy. */
export async function page(event, shelf) {
  const { url } = event.request;
  const copied = await kept(shelf, url);
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => put(shelf, url, answer.clone())).catch(() => {}));
  try {
    return await (copied ? inTime(asked.then((answer) => answer.clone()), PATIENCE) : asked.then((answer) => answer.clone()));
  } catch (_) {
    return copied ? asCopy(copied, "away") : Response.error();
  }
}

/** A file under a name that never changes its content. */
export async function file(event) {
  const cache = await caches.open(FILES);
  const found = await cache.match(event.request.url);
  if (found) return found;
  const answer = await fetch(event.request);
  if (new URL(event.request.url).searchParams.has("v")) event.waitUntil(put(FILES, event.request.url, answer.clone()));
  return answer;
}

/** Answers that were posted and did not get through: the form again, whose draft has them all. */
export async function posted(event) {
  try {
    return await fetch(event.request);
  } catch (_) {
    const { url, referrer } = event.request;
    const form = shelfOf(referrer || url) === FORMS ? referrer : url.replace(/\/(check|edit|submit)(\?|$)/, "$2");
    const copied = await kept(FORMS, form);
    return copied ? asCopy(copied, "unsent") : Response.error();
  }
}

/** Whether an address takes a form's answers. */
export function takesAnswers(address) {
  const { pathname } = new URL(address);
  return pathname.startsWith(BASE) && /^d\/[^/]+\/(check|edit|submit)$/.test(pathname.slice(BASE.length));
}
