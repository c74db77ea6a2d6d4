// What a phone keeps beside the draft: declarations that wait, and passes that were seen.
const [WAITING, PASSES] = ["waystation", "ws-passes"];

function withoutWaiting() {
  return new Promise((done) => {
    const asked = indexedDB.deleteDatabase(WAITING);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
}

/** Take all of it off this phone; a promise that never rejects. */
export function forgetPhone() {
  const left = () => { /* A browser that keeps nothing has nothing to forget. */ };
  return Promise.all([
    Promise.resolve().then(withoutWaiting).catch(left),
    Promise.resolve().then(() => caches.delete(PASSES)).catch(left),
  ]);
}
