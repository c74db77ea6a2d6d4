// What waits is sent, by whichever page or worker comes first; its key makes it one declaration, however often it goes out.
import { post } from "../traveller/posting.js";
import { pause } from "./backoff.js";
import { settle, unsent } from "./queue.js";

// Several tabs and the worker wake at the same moment: one goes first, and leaves the others nothing to do.
function alone(act) {
  return navigator.locks ? navigator.locks.request("ws-unsent", act) : act();
}

// A server that is busy is left alone until its time; a network that is back is tried at once.
function isDue(record, why) {
  return record.state === "waiting" && (why === "pressed" || record.next <= Date.now() || (why === "network" && !record.busy));
}

/** What a record is to know of one more try without an answer, or with the answer that it was not the time. */
export function inVain(before, { busy, after }) {
  const tries = before + 1;
  return { tries, busy: Boolean(busy), next: Date.now() + pause(tries, after || 0, Math.random()) };
}

async function send(record) {
  const outcome = await post(record.address, record.body);
  const { kept, refused } = outcome;
  if (kept) await settle(record.key, { state: "kept", pass: kept.pass, reference: kept.reference, body: "", name: "" });
  else if (refused) await settle(record.key, { state: "refused" });
  else await settle(record.key, inVain(record.tries, outcome));
}

/** Send what is due; `why` is "pressed", "network" when there may be one again, or "time". Whether nothing waits any more. */
export function sendAll(why) {
  return alone(async () => {
    const hopeless = navigator.onLine === false && why !== "pressed";
    const due = hopeless ? [] : (await unsent()).filter((record) => isDue(record, why));
    for (const record of due) await send(record);
    return !(await unsent()).some(({ state }) => state === "waiting");
  });
}
