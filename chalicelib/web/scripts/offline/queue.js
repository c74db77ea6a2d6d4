// Declarations that wait on this phone for a network, for a day from their signature: {key, draft, name, address, body, at,
// state, tries, next, busy}, and once kept {pass, reference} in place of the answers. The page and the worker both read it.
const STORE = "unsent";
const LASTS = 24 * 3600 * 1000;
const BASE = "waystation";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(BASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function run(mode, act) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const whole = base.transaction(STORE, mode);
      const asked = act(whole.objectStore(STORE));
      whole.oncomplete = () => resolve(asked.result);
      whole.onerror = whole.onabort = () => reject(whole.error);
    });
  } finally {
    base.close();
  }
}

/** Until when a record waits, in milliseconds. */
export function endOfWaiting(record) {
  return record.at + LASTS;
}

/** Everything that waits, or whose outcome nobody has seen yet, the oldest first. */
export async function unsent() {
  const records = await run("readonly", (store) => store.getAll());
  const old = records.filter((record) => Date.now() >= endOfWaiting(record));
  await Promise.all(old.map(({ key }) => unqueue(key)));
  return records.filter((record) => old.indexOf(record) < 0).sort((one, other) => one.at - other.at);
}

/** Keep a record; rejects where the phone keeps nothing. */
export function queue(record) {
  return run("readwrite", (store) => store.put(record));
}

export function unqueue(key) {
  return run("readwrite", (store) => store.delete(key));
}

/** What became of a record. Whoever took it back meanwhile has it back: then there is none any more. */
export async function settle(key, change) {
  const found = await run("readonly", (store) => store.get(key));
  if (found) await queue(Object.assign(found, change));
}
