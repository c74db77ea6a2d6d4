"""What may stand where, and whether the check digits agree; a likely slip of the eye is told, never mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.intake.mrz.layouts import Checked, Layout, Place

Fault = tuple[str, dict[str, str]]
Places = list[tuple[int, int]]
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET = DIGITS + LETTERS
WEIGHTS = (7, 3, 1)
MEANT_DIGIT = {"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
MEANT_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}
TWINS = {"O": "0", "0": "O", "I": "1", "1": "I"}
"""What even a good eye mixes up, where letters and digits may both stand."""


def check_digit(text: str) -> str:
    """ICAO 9303-3, 4.9: weights 7, 3, 1; letters count from 10, the filler nothing."""
    values = (0 if char == "<" else ALPHABET.index(char) for char in text)
    return str(sum(value * WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def part(lines: list[str], place: Place) -> str:
    """The characters at a place."""
    return lines[place[0]][place[1] : place[2]]


@dataclass(frozen=True)
class Proof:
    """A field, its check digit, and where each character of both stands (line and place, from 0); see ``Checked``."""

    kind: str
    text: str
    digit: str
    places: tuple[tuple[int, int], ...]
    digits: bool

    @property
    def holds(self) -> bool:
        """Whether the digit belongs to the text; an empty field may have a filler for its digit."""
        return self.digit == check_digit(self.text) or (self.digit == "<" and not self.text.strip("<"))


def faults(lines: list[str], layout: Layout) -> list[Fault]:
    """What is wrong with lines of the right length, line by line: characters, else check digits, else the last one."""
    wrong = [*_strangers(lines), *_misplaced(lines, layout)]
    wrong = wrong or [_unproven(proof) for proof in proofs(lines, layout) if not proof.holds]
    wrong = wrong or [*_whole(lines, layout)]
    return sorted(wrong, key=lambda fault: int(fault[1]["line"]))


def proofs(lines: list[str], layout: Layout) -> list[Proof]:
    """Every field that has a check digit of its own, the document number first."""
    places = [_number_places(lines, layout), *(_places(one) for one in layout.checked[1:])]
    return [_proof(lines, one, where) for one, where in zip(layout.checked, places, strict=True)]


def _proof(lines: list[str], field: Checked, places: Places) -> Proof:
    *text, digit = (lines[row][place] for row, place in places)
    return Proof(field.kind, "".join(text), digit, tuple(places), field.digits)


def _places(field: Checked) -> Places:
    row, start, end = field.place
    return [(row, place) for place in range(start, end + 1)]


def _number_places(lines: list[str], layout: Layout) -> Places:
    """A number too long for its field has a filler for its digit, and goes on in the spare field, digit last."""
    places = _places(layout.number)
    row, end = layout.number.digit
    if not layout.spare or lines[row][end] != "<":
        return places
    rest = part(lines, layout.spare).partition("<")[0]
    return [*places[:-1], *((layout.spare[0], layout.spare[1] + n) for n in range(len(rest)))] if rest else places


def _strangers(lines: list[str]) -> Iterator[Fault]:
    for row, line in enumerate(lines):
        yield from (_misfit(row, place) for place, char in enumerate(line) if char not in ALPHABET + "<")


def _misplaced(lines: list[str], layout: Layout) -> Iterator[Fault]:
    """A letter among digits, or a digit among letters."""
    digits = [one.place for one in layout.checked if one.digits]
    single = [(row, place, place + 1) for row, place in (*(c.digit for c in layout.checked), layout.whole_digit)]
    for place in (*digits, *single):
        yield from _only(lines, place, DIGITS, MEANT_DIGIT)
    for place in (layout.state, layout.nationality, layout.names):
        yield from _only(lines, place, LETTERS, MEANT_LETTER)


def _only(lines: list[str], where: Place, allowed: str, meant: dict[str, str]) -> Iterator[Fault]:
    for place in range(where[1], where[2]):
        char = lines[where[0]][place]
        if char in ALPHABET and char not in allowed:
            yield _slip(where[0], place, char, meant[char]) if char in meant else _misfit(where[0], place)


def _unproven(proof: Proof) -> Fault:
    """The first character whose twin would make the check digit right, else the field that does not agree."""
    for index, char in enumerate(proof.text):
        twin = "" if proof.digits else TWINS.get(char)
        if twin and check_digit(proof.text[:index] + twin + proof.text[index + 1 :]) == proof.digit:
            return _slip(*proof.places[index], char, twin)
    return f"check_{proof.kind}", {"line": str(proof.places[-1][0] + 1)}


def _whole(lines: list[str], layout: Layout) -> Iterator[Fault]:
    row, place = layout.whole_digit
    if check_digit("".join(part(lines, one) for one in layout.whole)) != lines[row][place]:
        yield "check_whole", {"line": str(row + 1)}


def _slip(row: int, place: int, found: str, meant: str) -> Fault:
    return "slip", {"line": str(row + 1), "place": str(place + 1), "found": found, "meant": meant}


def _misfit(row: int, place: int) -> Fault:
    return "characters", {"line": str(row + 1), "place": str(place + 1)}
