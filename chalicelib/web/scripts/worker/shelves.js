// What the worker keeps, each kind on a shelf of its own: empty forms, the files that pages need, passes seen on this phone.
const BASE = new URL("./", self.location).pathname;
const HOLDS_ANSWERS = /^(d\/[^/]+)\/(check|edit|submit)$/;
const KEPT = "x-kept";
const DAY = 24 * 3600 * 1000;
const VERSIONS = 3;

export const FORMS = { name: "ws-forms", shape: /^d\/[^/]+$/, most: 8, lasts: 30 * DAY };
export const PASSES = { name: "ws-passes", shape: /^p\/[^/]+$/i, most: 40, lasts: 30 * DAY };
export const WORDS = { name: "ws-words", shape: /^waiting$/, most: 4, lasts: 30 * DAY };
export const FILES = { name: "ws-files", shape: /^static\/[^/]+$/ };

function pathOf(address) {
  const { origin, pathname } = new URL(address);
  return origin === self.location.origin && pathname.startsWith(BASE) ? pathname.slice(BASE.length) : "";
}

/** Where an address belongs, or undefined: officers' pages belong nowhere. */
export function shelfOf(address) {
  return [FORMS, PASSES, WORDS, FILES].find(({ shape }) => shape.test(pathOf(address)));
}

/** For an address that holds somebody's answers, that of the empty form; else nothing. */
export function formOf(address) {
  const found = HOLDS_ANSWERS.exec(pathOf(address));
  return found ? new URL(BASE + found[1] + new URL(address).search, address).href : "";
}

async function copyOf(answer) {
  const headers = new Headers(answer.headers);
  ["content-encoding", "content-length"].forEach((name) => headers.delete(name));
  headers.set(KEPT, String(Date.now()));
  return new Response(await answer.text(), { status: 200, headers });
}

/** When a page was kept, in milliseconds. */
export function keptAt(answer) {
  return Number(answer.headers.get(KEPT));
}

// Keys come in the order in which they were put there. A page that is open may need files of the release before.
async function tidyFiles(cache, address) {
  const same = (await cache.keys()).filter(({ url }) => new URL(url).pathname === new URL(address).pathname);
  await Promise.all(same.slice(0, -VERSIONS).map((key) => cache.delete(key)));
}

async function tidyPages(cache, { most, lasts }) {
  const keys = await cache.keys();
  const ages = await Promise.all(keys.map(async (key) => Date.now() - keptAt(await cache.match(key))));
  const over = keys.filter((_, place) => ages[place] >= lasts || place < keys.length - most);
  await Promise.all(over.map((key) => cache.delete(key)));
}

/** Let go of pages whose time is over. */
export async function tidy() {
  for (const shelf of [FORMS, PASSES, WORDS]) await tidyPages(await caches.open(shelf.name), shelf);
}

// A code spells a pass in capitals; the language and what else stands behind the path make no other pass of it.
const samePath = (one, other) => new URL(one).pathname.toLowerCase() === new URL(other).pathname.toLowerCase();

async function take(shelf, address) {
  const cache = await caches.open(shelf.name);
  const same = (await cache.keys()).filter(({ url }) => samePath(url, address));
  await Promise.all(same.map((key) => cache.delete(key)));
}

/** Keep an answer; one that says that a page is gone takes its copy away. */
export async function put(shelf, address, answer) {
  if (answer.status === 404 || answer.status === 410) await take(shelf, address);
  if (answer.status !== 200 || answer.redirected || answer.type === "opaque") return;
  const cache = await caches.open(shelf.name);
  await cache.put(address, shelf === FILES ? answer : await copyOf(answer));
  await (shelf === FILES ? tidyFiles(cache, address) : tidyPages(cache, shelf));
}

/** Whether exactly this is kept. */
export async function has(shelf, address) {
  return Boolean(await (await caches.open(shelf.name)).match(address));
}

const says = (name, one, other) => new URL(one).searchParams.get(name) === new URL(other).searchParams.get(name);

/** The copy that comes nearest to what was asked for, {url, answer}: in the same language rather than of the same flight. */
export async function nearest(shelf, address) {
  const cache = await caches.open(shelf.name);
  await tidyPages(cache, shelf);
  const near = ({ url }) => 4 * (url === address) + 2 * says("lang", url, address) + says("flight", url, address);
  const same = (await cache.keys()).reverse().filter(({ url }) => samePath(url, address));
  const [best] = same.sort((one, other) => near(other) - near(one));
  return best && { url: best.url, answer: await cache.match(best) };
}
