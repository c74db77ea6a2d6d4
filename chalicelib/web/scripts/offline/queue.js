// Declarations that wait on this phone for a network. The page and the worker both send them: the key of each makes it one
// declaration, however often it goes out. A record: {key, draft, address, body, at, state}, and once kept {pass, reference}.
import { post } from "../traveller/posting.js";

const STORE = "unsent";
const LASTS = 24 * 3600 * 1000;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("waystation", 1);
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

/** Everything that waits, or whose outcome nobody has seen yet. */
export async function unsent() {
  const records = await run("readonly", (store) => store.getAll());
  const old = records.filter((record) => Date.now() - record.at >= LASTS);
  await Promise.all(old.map((record) => unqueue(record.key)));
  return records.filter((record) => old.indexOf(record) < 0);
}

/** Until when a record waits, in milliseconds. */
export function endOfWaiting(record) {
  return record.at + LASTS;
}

export function queue(record) {
  return run("readwrite", (store) => store.put(record));
}

export function unqueue(key) {
  return run("readwrite", (store) => store.delete(key));
}

// Whoever took it back meanwhile, in another tab, has it back.
async function settle(record, outcome) {
  const found = await run("readonly", (store) => store.get(record.key));
  if (found) await queue({ key: record.key, draft: record.draft, at: record.at, ...outcome });
}

async function send(record) {
  const outcome = await post(record.address, record.body);
  if (outcome.kept) await settle(record, { state: "kept", pass: outcome.kept.pass, reference: outcome.kept.reference });
  if (outcome.refused) await settle(record, { state: "refused" });
  return !outcome.away;
}

/** Send what waits; rejects while something still does, so that a browser that syncs tries again. */
export async function sendAll() {
  const waiting = (await unsent()).filter((record) => record.state === "waiting");
  const gone = await Promise.all(waiting.map(send));
  if (gone.some((one) => !one)) throw new Error("no network yet");
}
