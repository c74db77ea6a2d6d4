// What was registered waits here until the server has it. A line a row, so that two tabs never write over each other's;
// it names a case by its reference and holds no token: who takes the device learns nothing of anybody.
const PREFIX = "ws-scan ";
let count = 0;

function stored() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).sort();
  } catch (closed) {
    return [];
  }
}

function read(name) {
  try {
    return Object.assign({ name }, JSON.parse(localStorage.getItem(name)));
  } catch (broken) {
    return null;
  }
}

/** All lines in the order in which they were scanned. */
export function lines() {
  return stored().map(read).filter((line) => line && line.key);
}

/** The line that waits to do the same. */
export function waiting(reference, verb) {
  return lines().find((line) => !line.why && line.reference === reference && line.verb === verb);
}

/** Keep a line; throws when the device has no room for it. */
export function keep(line) {
  const name = line.name || `${PREFIX}${String(Date.now()).padStart(15, "0")} ${String(count += 1).padStart(6, "0")} ${line.key}`;
  localStorage.setItem(name, JSON.stringify(Object.assign({}, line, { name: undefined })));
  return name;
}

/** The line is with the server, or was put away. */
export function drop(line) {
  localStorage.removeItem(line.name);
}

/** A key that makes a line one deed however often it is sent. */
export function newKey() {
  const random = self.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(random).map((one) => one.toString(16).padStart(2, "0")).join("");
}
