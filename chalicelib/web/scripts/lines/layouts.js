// Where each thing stands (intake/mrz/layouts.py says which part of ICAO 9303 has it): line, from, to, from 0.
const twoLines = (length, spare, personal) => ({
  lines: 2, length, state: [0, 2, 5], names: [0, 5, length], nationality: [1, 10, 13], sex: [1, 20], spare,
  checked: [["number", [1, 0, 9]], ["birth", [1, 13, 19]], ["expiry", [1, 21, 27]]].concat(personal),
  whole: [[1, 0, 10], [1, 13, 20], [1, 21, length - 1]], wholeDigit: [1, length - 1],
});

export const TD3 = twoLines(44, null, [["personal", [1, 28, 42]]]);
export const TD2 = twoLines(36, [1, 28, 35], []);
export const TD1 = {
  lines: 3, length: 30, state: [0, 2, 5], names: [2, 0, 30], nationality: [1, 15, 18], sex: [1, 7], spare: [0, 15, 30],
  checked: [["number", [0, 5, 14]], ["birth", [1, 0, 6]], ["expiry", [1, 8, 14]]],
  whole: [[0, 5, 30], [1, 0, 7], [1, 8, 15], [1, 18, 29]], wholeDigit: [1, 29],
};
export const DATES = ["birth", "expiry"];

/** The characters at a place. */
export const part = (lines, place) => lines[place[0]].slice(place[1], place[2]);
