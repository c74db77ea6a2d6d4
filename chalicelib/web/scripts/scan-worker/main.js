// Keeps the scan page on the device, so that it opens without network. `wsSetting` comes with the file: the page's
// address, the address of the copy that names nobody, and the files that the page is made of.
const { page, kept, files } = self.wsSetting;
const FILES = `ws-scan-files ${files.join(" ")}`;
const PAGE = "ws-scan-page";
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(files)).then(keepPage));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("ws-scan-") && name !== FILES && name !== PAGE;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

function keepPage() {
  return fetch(kept, { redirect: "error" }).then((answer) => {
    if (!answer.ok) throw new Error("kept");
    return caches.open(PAGE).then((cache) => cache.put(page, answer));
  });
}

// A network that hangs is no network: then the copy answers.
function inTime(request) {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error("late")), PATIENCE);
    fetch(request).then((answer) => {
      clearTimeout(late);
      if (answer.status >= 500) failed(new Error("away"));
      else done(answer);
    }, failed);
  });
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === page) {
    event.respondWith(inTime(event.request).catch((gone) => copyOf(page, PAGE, gone)));
  } else if (files.includes(address.pathname + address.search)) {
    event.respondWith(caches.match(event.request).then((copy) => copy || fetch(event.request)));
  }
});

function copyOf(address, name, gone) {
  return caches.open(name).then((cache) => cache.match(address)).then((copy) => {
    if (!copy) throw gone;
    return copy;
  });
}
