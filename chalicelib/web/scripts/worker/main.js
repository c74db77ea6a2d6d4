// The traveller's pages without a network: the form opens, what waits is sent, a pass that was seen opens.
// Officers' pages are left alone.
import { sendAll } from "../offline/delivering.js";
import { file, keepAll, page, posted, renewed } from "./pages.js";
import { FILES, FORMS, PASSES, WORDS, formOf, shelfOf, tidy } from "./shelves.js";

function answer(event) {
  const { method, mode, url } = event.request;
  const [shelf, form] = [shelfOf(url), formOf(url)];
  if (mode === "navigate" && method === "POST") return form && posted(event);
  if (method !== "GET") return null;
  if (shelf === FILES) return file(event);
  if (shelf === WORDS) return page(event, shelf, url);
  if (mode === "navigate" && form) return page(event, FORMS, form);
  if (mode === "navigate") return shelf && page(event, shelf, url);
  return shelf === PASSES ? renewed(event, shelf) : null;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), tidy()])));
self.addEventListener("fetch", (event) => {
  const answered = answer(event);
  if (answered) event.respondWith(answered);
});
self.addEventListener("message", (event) => event.waitUntil(
  keepAll(event.data.keep)
    .catch(() => { /* With the next page. */ })
    .then(() => event.source && event.source.postMessage({ kept: true })),
));

// A browser that syncs wakes this worker when the network is back, and again later while something still waits.
async function sync() {
  const done = await sendAll("network");
  (await self.clients.matchAll({ type: "window" })).forEach((client) => client.postMessage({ sent: true }));
  if (!done) throw new Error("something waits");
}

self.addEventListener("sync", (event) => event.waitUntil(sync()));
