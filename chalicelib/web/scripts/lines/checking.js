// What may stand where, and whether the check digits agree; the same as intake/mrz/checking.py.
import { DATES, part } from "./layouts.js";

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALPHABET = DIGITS + LETTERS;
const WEIGHTS = [7, 3, 1];
const MEANT_DIGIT = { O: "0", Q: "0", I: "1", L: "1", Z: "2", S: "5", B: "8" };
const MEANT_LETTER = { 0: "O", 1: "I", 2: "Z", 5: "S", 8: "B" };
const TWINS = { O: "0", 0: "O", I: "1", 1: "I" };

function checkDigit(text) {
  const value = (char) => (char === "<" ? 0 : ALPHABET.indexOf(char));
  return String(Array.from(text).reduce((sum, char, place) => sum + value(char) * WEIGHTS[place % 3], 0) % 10);
}

const misfit = (row, place) => ["characters", { line: String(row + 1), place: String(place + 1) }];
const slip = (row, place, found, meant) => ["slip", { line: String(row + 1), place: String(place + 1), found, meant }];
const has = (text, char) => text.indexOf(char) >= 0;

function strangers(lines) {
  const found = [];
  lines.forEach((line, row) => Array.from(line).forEach((char, place) => {
    if (!has(`${ALPHABET}<`, char)) found.push(misfit(row, place));
  }));
  return found;
}

function only(lines, where, allowed, meant) {
  const found = [];
  for (let place = where[1]; place < where[2]; place += 1) {
    const char = lines[where[0]][place];
    if (has(ALPHABET, char) && !has(allowed, char)) {
      found.push(meant[char] ? slip(where[0], place, char, meant[char]) : misfit(where[0], place));
    }
  }
  return found;
}

function misplaced(lines, layout) {
  const dates = layout.checked.filter((one) => DATES.indexOf(one[0]) >= 0).map((one) => one[1]);
  const digits = layout.checked.map((one) => [one[1][0], one[1][2]]).concat([layout.wholeDigit]);
  const numeric = dates.concat(digits.map((at) => [at[0], at[1], at[1] + 1]));
  const named = [layout.state, layout.nationality, layout.names];
  return [].concat(
    ...numeric.map((place) => only(lines, place, DIGITS, MEANT_DIGIT)),
    ...named.map((place) => only(lines, place, LETTERS, MEANT_LETTER)),
  );
}

function placesOf(where) {
  return Array.from({ length: where[2] - where[1] + 1 }, (_, n) => [where[0], where[1] + n]);
}

// A number too long for its field has a filler for its digit, and goes on in the spare field, digit last.
function numberPlaces(lines, layout) {
  const where = layout.checked[0][1];
  const places = placesOf(where);
  if (!layout.spare || lines[where[0]][where[2]] !== "<") return places;
  const rest = part(lines, layout.spare).split("<")[0].length;
  const further = Array.from({ length: rest }, (_, n) => [layout.spare[0], layout.spare[1] + n]);
  return rest ? places.slice(0, -1).concat(further) : places;
}

/** Every field that has a check digit of its own, the document number first. */
export function proofs(lines, layout) {
  return layout.checked.map((one, index) => {
    const places = index ? placesOf(one[1]) : numberPlaces(lines, layout);
    const chars = places.map((at) => lines[at[0]][at[1]]);
    return { kind: one[0], text: chars.slice(0, -1).join(""), digit: chars[chars.length - 1], places };
  });
}

const holds = (proof) => proof.digit === checkDigit(proof.text) || (proof.digit === "<" && !/[^<]/.test(proof.text));

// The first character whose twin would make the check digit right, else the field that does not agree.
function unproven(proof) {
  for (let index = 0; index < proof.text.length; index += 1) {
    const char = proof.text[index];
    const twin = DATES.indexOf(proof.kind) < 0 && TWINS[char];
    if (twin && checkDigit(proof.text.slice(0, index) + twin + proof.text.slice(index + 1)) === proof.digit) {
      return slip(proof.places[index][0], proof.places[index][1], char, twin);
    }
  }
  return [`check_${proof.kind}`, { line: String(proof.places[proof.places.length - 1][0] + 1) }];
}

function whole(lines, layout) {
  const at = layout.wholeDigit;
  const text = layout.whole.map((place) => part(lines, place)).join("");
  return checkDigit(text) === lines[at[0]][at[1]] ? [] : [["check_whole", { line: String(at[0] + 1) }]];
}

/** What is wrong with lines of the right length, line by line. */
export function faultsOf(lines, layout) {
  let wrong = strangers(lines).concat(misplaced(lines, layout));
  if (!wrong.length) wrong = proofs(lines, layout).filter((proof) => !holds(proof)).map(unproven);
  if (!wrong.length) wrong = whole(lines, layout);
  return [1, 2, 3].reduce((sorted, line) => sorted.concat(wrong.filter((one) => one[1].line === String(line))), []);
}
