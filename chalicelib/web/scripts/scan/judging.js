// What a device can say by itself: the same rules as passes/checking.py.
import { caseIn, reference, tokenIn, unpack } from "./tokens.js";
import { verify } from "./signatures.js";

const DAY = 86400000;
const LASTS = 3;
const AHEAD = 1;

// The day at the point; a clock that is slower than the page itself is wrong.
function today(setting) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: setting.zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const here = parts.format(new Date());
  return here > setting.today ? here : setting.today;
}

function fault(setting, said) {
  if (said.point !== setting.point) return "elsewhere";
  const age = (Date.parse(today(setting)) - Date.parse(said.date)) / DAY;
  return age < -AHEAD ? "early" : age > LASTS ? "old" : "";
}

/** A promise of {kind: good | bad | unsure, fault, caseId, reference, date}; nothing leaves the device. */
export function judge(setting, code) {
  const token = tokenIn(code);
  if (!token) {
    const caseId = caseIn(code);
    return Promise.resolve(caseId ? named("unsure", "", { caseId }) : { kind: "bad", fault: "unreadable" });
  }
  const said = unpack(token);
  const key = said && setting.keys[said.key];
  if (!key) return Promise.resolve({ kind: "bad", fault: "forged" });
  return verify(key, said.signature, said.said, setting.signatures).then((genuine) => {
    if (!genuine) return { kind: "bad", fault: "forged" };
    const wrong = fault(setting, said);
    return named(wrong ? "bad" : "good", wrong, said);
  });
}

function named(kind, fault, said) {
  return { kind, fault, caseId: said.caseId, reference: reference(said.caseId), date: said.date || "" };
}
