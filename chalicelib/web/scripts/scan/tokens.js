// What a token says: the same bits as passes/tokens.py. A reference is a case's id with one letter that checks it.
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SAID = 12;
const LENGTH = 11;
const EPOCH = Date.UTC(2020, 0, 1);
const DAY = 86400000;
const PASS = /^(?:.*\/P\/)?([A-Z2-7]{100,140})\/?$/;

/** The token in what was scanned or typed, or nothing. */
export function tokenIn(code) {
  const found = PASS.exec(code.normalize("NFKC").trim().toUpperCase());
  return found ? found[1] : "";
}

/** The case's id in a typed reference, or nothing when it cannot be one or its last letter is wrong. */
export function caseIn(code) {
  const heard = { I: "1", L: "1", O: "0", U: "V" };
  const letters = code.normalize("NFKC").toUpperCase().replace(/[\s\-‐-―]/g, "").replace(/[ILOU]/g, (one) => heard[one]);
  if (letters.length !== LENGTH + 1 || Array.from(letters).some((one) => CROCKFORD.indexOf(one) < 0)) return "";
  const caseId = letters.slice(0, LENGTH);
  return check(caseId) === letters[LENGTH] ? caseId : "";
}

function check(caseId) {
  const weighted = Array.from(caseId).reduce((sum, one, place) => sum + (place + 1) * CROCKFORD.indexOf(one), 0);
  return CROCKFORD[weighted % 31];
}

/** `7K3M-9QX2-0ABC`. */
export function reference(caseId) {
  return (caseId + check(caseId)).replace(/(.{4})(?=.)/g, "$1-");
}

/** {key, caseId, point, date, said, signature}, or null for what no token of ours can be. Nothing of it is proven. */
export function unpack(token) {
  const bits = Array.from(token).map((one) => binary(BASE32.indexOf(one), 5)).join("");
  const whole = bits.length - (bits.length % 8);
  // One pass, one spelling: what is left over says nothing and is zero.
  if (whole !== (SAID + 64) * 8 || bits.length - whole > 4 || /1/.test(bits.slice(whole))) return null;
  const bytes = new Uint8Array(whole / 8).map((_, place) => parseInt(bits.substr(place * 8, 8), 2));
  const fields = bits.slice(8, SAID * 8);
  const letters = (start, count, alphabet) => fives(fields.substr(start, count * 5)).map((one) => alphabet[Math.min(one, alphabet.length - 1)]).join("");
  return {
    key: bytes[0],
    caseId: letters(0, LENGTH, CROCKFORD),
    point: letters(55, 3, BASE32.slice(0, 26)),
    date: new Date(EPOCH + parseInt(fields.substr(70, 16), 2) * DAY).toISOString().slice(0, 10),
    said: bytes.slice(0, SAID),
    signature: bytes.slice(SAID),
  };
}

function binary(number, length) {
  return number.toString(2).padStart(length, "0");
}

function fives(bits) {
  return (bits.match(/.{5}/g) || []).map((five) => parseInt(five, 2));
}
