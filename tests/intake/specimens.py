"""Specimens of ICAO 9303 (parts 4, 5, 6 and 7), and lines that are made up with check digits that agree."""

from collections.abc import Sequence

from chalicelib.intake.mrz.checking import check_digit, part
from chalicelib.intake.mrz.layouts import TD1, TD2, TD3, Layout

PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
LONG_CARD = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
SMALL = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
LONG_SMALL = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8"
VISA = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"


def passport(state: str = "CHN", name: str = "LI<<XIAOMING", number: str = "E12345678", born: str = "840327",
             sex: str = "M", citizen: str = "", code: str = "P<") -> str:  # fmt: skip
    """The two lines of a passport."""
    first = f"{code}{state:<<3}{name}"[:44].ljust(44, "<")
    second = f"{number:<<9}0{citizen or state:<<3}{born}0{sex}3001010{'':<<14}00"
    return "\n".join(proven([first, second], TD3))


def small(name: str, number: str, spare: str = "") -> str:
    """The two lines of a smaller document."""
    first = f"I<CHN{name}"[:36].ljust(36, "<")
    return "\n".join(proven([first, f"{number:<<9}0CHN8403270M3001010{spare:<<7}0"], TD2))


def card(code: str, state: str, number: str, name: str) -> str:
    """The three lines of a card."""
    lines = [f"{code:<<2}{state:<<3}{number:<<9}0{'':<<15}", f"8403270F3001010{state:<<3}{'':<<11}0", f"{name:<<30}"]
    return "\n".join(proven(lines, TD1))


def proven(lines: Sequence[str], layout: Layout) -> list[str]:
    """With every check digit as it has to be."""
    rows = [list(line) for line in lines]
    for one in layout.checked:
        row, place = one.digit
        rows[row][place] = check_digit("".join(rows[one.place[0]][one.place[1] : one.place[2]]))
    joined = ["".join(row) for row in rows]
    row, place = layout.whole_digit
    rows[row][place] = check_digit("".join(part(joined, where) for where in layout.whole))
    return ["".join(row) for row in rows]
