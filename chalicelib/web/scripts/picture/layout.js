import { CODE, EDGE, LEADING, STYLES, WIDTH } from "./styles.js";
import { direction, lines, words } from "./words.js";

function font(element, style) {
  return `${style.weight} ${style.size}px ${getComputedStyle(element).fontFamily}`;
}

function code(element, top) {
  const side = Number(element.querySelector("svg").getAttribute("viewBox").split(" ")[2]);
  // Whole pixels for each module: a code with soft edges reads worse.
  const scale = Math.floor(CODE / side);
  return { scale, path: element.querySelector("path").getAttribute("d"), x: Math.round((WIDTH - side * scale) / 2), y: top + 32, height: 32 + side * scale };
}

function text(pen, element, top) {
  const style = STYLES[element.dataset.drawn];
  pen.font = font(element, style);
  const broken = lines(words(element), (line) => pen.measureText(line).width <= WIDTH - 2 * EDGE);
  const step = style.size * LEADING;
  return { font: pen.font, colour: style.colour, direction: direction(element), lines: broken, step, y: top + style.above, height: style.above + broken.length * step };
}

/** What is drawn where: pieces from the top down, and the height of it all. */
export function laidOut(pen, elements) {
  let top = EDGE;
  const pieces = elements.filter((element) => element.dataset.drawn === "code" || words(element)).map((element) => {
    const piece = element.dataset.drawn === "code" ? code(element, top) : text(pen, element, top);
    top += piece.height;
    return piece;
  });
  return { pieces, height: Math.ceil(top + EDGE) };
}
