// Lines become answers, or are told what is wrong with them; the same as intake/mrz/reading.py, and held to it.
import { faultsOf, proofs } from "./checking.js";
import { part } from "./layouts.js";
import { stateOf } from "./states.js";
import { LONGEST, filledUp, layoutOf, linesOf } from "./written.js";

const STATELESS = ["XXA", "XXB", "XXC", "XXX"];
const SEXES = { F: "female", M: "male", X: "other", "<": "other" };
const bare = (text) => text.replace(/<+$/, "");

function misfits(lines, layout) {
  if (lines[0][0] === "V") return [["visa", {}]];
  return lines.map((line, row) => [line.length, row + 1])
    .filter((one) => one[0] !== layout.length)
    .map((one) => ["length", { line: String(one[1]), length: String(one[0]), expected: String(layout.length) }]);
}

function names(field) {
  const stripped = bare(field.replace(/^<+/, ""));
  const at = stripped.indexOf("<<");
  const family = at < 0 ? stripped : stripped.slice(0, at);
  const given = at < 0 ? "" : stripped.slice(at + 2);
  const words = (text) => text.split("<").filter(Boolean).join(" ");
  return { family_name: words(family), given_names: words(given) || "-" };
}

function kind(first, issued) {
  if (first[0] === "P") return "passport";
  return first[0] === "C" && issued === "CHN" ? "travel_permit" : "other";
}

function day(year, rest, today) {
  const iso = `${year}-${rest.slice(0, 2)}-${rest.slice(2)}`;
  const found = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(found.getTime()) && found.toISOString().slice(0, 10) === iso && iso <= today ? iso : "";
}

function born(digits, today) {
  if (digits.indexOf("<") >= 0) return "";
  const century = Number(today.slice(0, 2));
  return day(century + digits.slice(0, 2), digits.slice(2), today) || day(century - 1 + digits.slice(0, 2), digits.slice(2), today);
}

function notesOf(lines, layout, answers, codes) {
  const notes = answers.date_of_birth ? [] : [["birth_open", {}]];
  codes.filter((code, index) => codes.indexOf(code) === index && !stateOf(code))
    .forEach((code) => notes.push(["state", { code }]));
  return part(lines, layout.names).slice(-1) === "<" ? notes : notes.concat([["names_cut", {}]]);
}

function answersOf(lines, layout, today) {
  const read = proofs(lines, layout);
  const issued = bare(part(lines, layout.state));
  const nationality = bare(part(lines, layout.nationality));
  const citizen = STATELESS.indexOf(nationality) >= 0 ? issued : nationality;
  const found = Object.assign(names(part(lines, layout.names)), {
    sex: SEXES[lines[layout.sex[0]][layout.sex[1]]],
    date_of_birth: born(read[1].text, today),
    nationality: stateOf(citizen),
    document_type: kind(lines[0], issued),
    document_number: read[0].text.replace(/</g, ""),
    document_country: stateOf(issued),
  });
  const answers = {};
  Object.keys(found).filter((name) => found[name]).forEach((name) => { answers[name] = found[name]; });
  return { answers, faults: [], notes: notesOf(lines, layout, answers, [issued, citizen]) };
}

/** Answers by question, faults and notes as codes with parameters; `today` is a date in ISO. */
export function read(text, today) {
  let lines = linesOf(text);
  const layout = text.length <= LONGEST && layoutOf(lines);
  if (!layout) return { answers: {}, faults: [["shape", {}]], notes: [] };
  lines = filledUp(lines, layout);
  let faults = misfits(lines, layout);
  if (!faults.length) faults = faultsOf(lines, layout);
  return faults.length ? { answers: {}, faults, notes: [] } : answersOf(lines, layout, today);
}
