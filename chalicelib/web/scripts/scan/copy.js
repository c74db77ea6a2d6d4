// Keeps the page on the device. The worker stores the files of a release and, with them, the page; here the page is
// stored anew on each visit, since it speaks the language of the last one and knows the keys of that day.
const [PAGE, FILES] = ["ws-scan-page", "ws-scan-files"];

function files(setting) {
  const asked = document.querySelectorAll("script[src], link[rel=stylesheet]");
  return Array.from(asked).map((one) => one.src || one.href).concat(setting.reader, setting.signatures);
}

// What another worker keeps may be gone tomorrow.
function stored() {
  return caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith(FILES)).map((name) => caches.open(name))))
    .then((ours) => Promise.all(ours.map((cache) => cache.keys())))
    .then((all) => [].concat(...all).map((kept) => kept.url));
}

// A page of a release whose files the worker has not stored yet would open without them.
function whole(setting) {
  return stored().then((ours) => files(setting).every((file) => ours.includes(new URL(file, location.href).href)));
}

function renew(setting) {
  return whole(setting).then((ready) => ready && fetch(setting.kept, { redirect: "error" })
    .then((answer) => answer.ok && caches.open(PAGE).then((cache) => cache.put(setting.page, answer))));
}

/** Registers the worker; with `live`, this page came from the server and the copy follows it. */
export function keepCopy(setting, live) {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.register(setting.worker, { scope: setting.page })
    .then(() => live && renew(setting))
    .catch(() => {}); // No room, or no network: the page works, and will be kept another time.
}
