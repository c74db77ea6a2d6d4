// Lines as typed or pasted, made into lines of the right size; the same as intake/mrz/written.py.
import { TD1, TD2, TD3 } from "./layouts.js";

export const LONGEST = 400;
const FILLERS = { "«": "<<", "‹": "<", "≪": "<<", "《": "<<", "〈": "<" };

function cut(line) {
  const layout = [TD3, TD2, TD1].find((one) => line.length === one.lines * one.length);
  if (!layout) return [line];
  return Array.from({ length: layout.lines }, (_, row) => line.slice(row * layout.length, (row + 1) * layout.length));
}

export function linesOf(text) {
  const plain = text.slice(0, LONGEST + 1).normalize("NFKC").toUpperCase().replace(/[«‹≪《〈]/g, (mark) => FILLERS[mark]);
  const lines = plain.split(/[\r\n]+/)
    .map((line) => line.replace(/[\s\u0085\u00ad\u001c-\u001f\u200b-\u200f\u2060\ufeff]+/g, ""))
    .filter(Boolean);
  return lines.length === 1 ? cut(lines[0]) : lines;
}

export function layoutOf(lines) {
  if (lines.length === TD1.lines) return TD1;
  if (lines.length !== TD3.lines) return null;
  return lines[1].length * 2 > TD3.length + TD2.length ? TD3 : TD2;
}

export function filledUp(lines, layout) {
  return lines.map((line, row) => (row === layout.names[0] ? line.padEnd(layout.length, "<") : line));
}
