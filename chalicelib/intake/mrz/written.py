"""Lines as typed or pasted, made into lines of the right size: spaces gone, capitals, the filler as ``<``."""

import re
import unicodedata

from chalicelib.intake.mrz.layouts import LAYOUTS, TD1, TD2, TD3, Layout

LONGEST = 400
"""Characters; the largest document has 90, and a paste may bring blanks along."""
_FILLERS = {"«": "<<", "‹": "<", "≪": "<<", "《": "<<", "〈": "<"}
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")


def lines_of(text: str) -> list[str]:
    """The lines that are not empty; one line that is exactly as long as a document's all together is cut up."""
    plain = unicodedata.normalize("NFKC", text[: LONGEST + 1]).upper()
    for mark, filler in _FILLERS.items():
        plain = plain.replace(mark, filler)
    lines = [line for line in (_BLANK.sub("", part) for part in re.split("[\r\n]+", plain)) if line]
    return _cut(lines[0]) if len(lines) == 1 else lines


def layout_of(lines: list[str]) -> Layout | None:
    """Which size of document has so many lines; of those with two, the last line's length decides."""
    if len(lines) == TD1.lines:
        return TD1
    if len(lines) == TD3.lines:
        return TD3 if len(lines[1]) * 2 > TD3.length + TD2.length else TD2
    return None


def filled_up(lines: list[str], layout: Layout) -> list[str]:
    """With the fillers after the names that a hand leaves out: no check digit covers them."""
    place = layout.names[0]
    return [line.ljust(layout.length, "<") if index == place else line for index, line in enumerate(lines)]


def _cut(line: str) -> list[str]:
    for layout in LAYOUTS:
        if len(line) == layout.lines * layout.length:
            return [line[start : start + layout.length] for start in range(0, len(line), layout.length)]
    return [line]
