// What is found for what is typed: names in any language, without accents; pinyin whole, by syllable or by initials.
const ACCENTS = /[\u0300-\u036f]/g;
const JOINTS = /[\s'’ʻ.,()（）·・-]+/g;

/** A text as it is compared: small letters, no accents, one blank between words. */
export function plain(text) {
  return text.normalize("NFD").replace(ACCENTS, "").normalize("NFC").toLowerCase().replace(JOINTS, " ").trim();
}

/** How an entry is compared: each of its names with the words and the initials of it. */
export function keysOf(names) {
  return names.map(plain).filter(Boolean).map((name) => {
    const words = name.split(" ");
    return { name, joined: words.join(""), initials: words.length > 1 ? words.map((word) => word[0]).join("") : "" };
  });
}

// 0 is the best; 9 is not found.
function rank(key, typed, joined) {
  if (key.name === typed || key.joined === joined) return 0;
  if (key.joined.indexOf(joined) === 0) return 1;
  if (` ${key.name}`.indexOf(` ${typed}`) >= 0) return 2;
  if (key.initials && joined.length > 1 && key.initials.indexOf(joined) === 0) return 3;
  return key.joined.indexOf(joined) > 0 && (joined.length > 2 || /[^\u0000-\u024f]/.test(joined)) ? 4 : 9;
}

function best(entry, typed, joined) {
  return Math.min.apply(null, entry.keys.map((key, place) => rank(key, typed, joined) + (place ? 0.5 : 0)));
}

/** The entries (each with `keys`, the page's own name first) that fit what is typed, the best first. */
export function found(entries, text) {
  const typed = plain(text);
  if (!typed) return entries;
  const joined = typed.replace(/ /g, "");
  return entries
    .map((entry, place) => ({ entry, place, how: best(entry, typed, joined) }))
    .filter((one) => one.how < 9)
    .sort((a, b) => a.how - b.how || a.place - b.place)
    .map((one) => one.entry);
}

/** The one entry that is meant by a text that is a whole name, or that fits nothing else. */
export function meant(entries, text) {
  const typed = plain(text);
  if (!typed) return null;
  const joined = typed.replace(/ /g, "");
  const same = entries.filter((entry) => entry.keys.some((key) => key.name === typed || key.joined === joined));
  if (same.length === 1) return same[0];
  const all = found(entries, text);
  return all.length === 1 ? all[0] : null;
}
