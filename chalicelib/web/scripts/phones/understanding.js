// A number as it is typed, understood as far as the plan of its country tells. The server has the last word.
import { FIRST, PLANS } from "./plans.js";

const DIGITS = "0123456789abcdefghij";
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x0e50];

/** The plan of a region: calling code, trunk prefix, possible lengths, an example in groups; or null. */
export function planOf(region) {
  if (!PLANS[region]) return null;
  const [code, trunk, lengths, example] = PLANS[region].split("|");
  return { code, trunk, lengths: Array.from(lengths).map((one) => DIGITS.indexOf(one)), example };
}

function plainDigit(char) {
  const zero = ZEROS.find((one) => char.charCodeAt(0) >= one && char.charCodeAt(0) < one + 10);
  return zero ? String(char.charCodeAt(0) - zero) : char;
}

function cleaned(text) {
  return Array.from(text.normalize("NFKC")).map(plainDigit).join("").replace(/[\s().\-\u2010-\u2015/~]/g, "");
}

// Of regions that share a code the one that is chosen counts, if it has it.
function regionOfCode(digits, chosen) {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length);
    if (planOf(chosen) && planOf(chosen).code === code) return chosen;
    if (FIRST[code]) return FIRST[code];
    const only = Object.keys(PLANS).find((region) => PLANS[region].indexOf(`${code}|`) === 0);
    if (only) return only;
  }
  return "";
}

function atHome(digits, plan) {
  const rest = plan.trunk && digits.indexOf(plan.trunk) === 0 ? digits.slice(plan.trunk.length) : digits;
  return rest !== digits && plan.lengths.indexOf(rest.length) >= 0 ? rest : digits;
}

/** In the groups of the example where it has as many digits, else in threes and fours from its end. */
export function grouped(code, digits, example) {
  const groups = example.split(" ");
  if (groups.join("").length === digits.length) {
    let at = 0;
    return [`+${code}`].concat(groups.map((group) => digits.slice(at, at += group.length))).join(" ");
  }
  const parts = [];
  let rest = digits;
  while (rest.length > 4) { parts.unshift(rest.slice(rest.length > 7 || rest.length === 7 ? -4 : -3)); rest = rest.slice(0, -parts[0].length); }
  return [`+${code}`, rest].concat(parts).filter(Boolean).join(" ");
}

/** `number` in E.164 and `shown` in groups, with its `region`; null while it is no number yet. */
export function understood(text, chosen) {
  const typed = cleaned(text).replace(/^00/, "+");
  if (!/^\+?\d{3,17}$/.test(typed)) return null;
  const abroad = typed[0] === "+";
  const region = abroad ? regionOfCode(typed.slice(1), chosen) : chosen;
  const plan = planOf(region);
  if (!plan || (!abroad && plan.trunk === "!")) return null;
  const digits = abroad ? atHome(typed.slice(1 + plan.code.length), plan) : atHome(typed, plan);
  if (plan.lengths.indexOf(digits.length) < 0) return null;
  return { region, number: `+${plan.code}${digits}`, shown: grouped(plan.code, digits, plan.example) };
}
