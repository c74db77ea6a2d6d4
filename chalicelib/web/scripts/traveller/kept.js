// What stands in the phone's own storage. A browser may have none, or no room: then nothing is kept, and nothing breaks.

/** The value under a key, or null. */
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch (_) {
    return null;
  }
}

/** Whether the value is kept now. */
export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch (_) {
    return false;
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch (_) { /* There is nothing to drop where there is no storage. */ }
}

/** Every key that begins so. */
export function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch (_) {
    return [];
  }
}
