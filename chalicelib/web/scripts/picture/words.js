// The words of an element as one line for a canvas. What the page keeps apart by <bdi> stays apart by Unicode's isolates,
// so a name in Latin letters stands right within a line of Arabic.
const FIRST_STRONG = "\u2068", LEFT_TO_RIGHT = "\u2066", END = "\u2069";

/** The text of an element, spaces as the page shows them. */
export function words(element) {
  return Array.from(element.childNodes, (node) => {
    if (node.nodeName === "BDI") return (node.dir === "ltr" ? LEFT_TO_RIGHT : FIRST_STRONG) + words(node) + END;
    return node.nodeType === Node.ELEMENT_NODE ? words(node) : node.data || "";
  }).join("").replace(/\s+/g, " ").trim();
}

/** The direction that the page gives it; a name's own, where the element holds nothing but a <bdi>. */
export function direction(element) {
  const only = element.childNodes.length === 1 && element.firstElementChild;
  return getComputedStyle(only && only.nodeName === "BDI" ? only : element).direction;
}

// A letter with its marks (Thai, Arabic and Vietnamese write some above and below), and what must not begin a line.
const LETTERS = /[^][\u0300-\u036f\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e、。，．：；？！」』）]*/gu;

function parts(text, fits) {
  const written = text.match(/\S+\s*/g) || [];
  return [].concat(...written.map((word) => (fits(word) ? word : word.match(LETTERS))));
}

/** `text` in lines for which `fits` holds: broken between words, and within a word that is too long by itself. */
export function lines(text, fits) {
  const done = [];
  parts(text, fits).forEach((part) => {
    const longer = (done[done.length - 1] || "") + part;
    if (done.length && fits(longer.trim())) done[done.length - 1] = longer;
    else done.push(part);
  });
  return done.map((line) => line.trim());
}
