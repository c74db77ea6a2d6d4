// The traveller's pages without a network: the form opens, a pass that was seen opens, what waits is sent.
import { sendAll } from "../offline/queue.js";
import { file, keepAll, page, posted, shelfOf, takesAnswers } from "./pages.js";

function answer(event) {
  const { method, mode, url } = event.request;
  const shelf = shelfOf(url);
  if (method === "POST" && mode === "navigate" && takesAnswers(url)) return posted(event);
  if (method !== "GET" || !shelf) return null;
  if (shelf === "ws-files") return file(event);
  return mode === "navigate" || shelf === "ws-passes" ? page(event, shelf) : null;
}

async function tell() {
  (await self.clients.matchAll()).forEach((client) => client.postMessage("sent"));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const answered = answer(event);
  if (answered) event.respondWith(answered);
});
self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data.keep)));
self.addEventListener("sync", (event) => event.waitUntil(sendAll().then(tell)));
