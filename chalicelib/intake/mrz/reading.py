"""Lines become answers, or are told what is wrong with them. Nothing is guessed: what a line leaves open stays open."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from chalicelib.intake.mrz.checking import Fault, faults, part, proofs
from chalicelib.intake.mrz.layouts import Layout
from chalicelib.intake.mrz.written import LONGEST, filled_up, layout_of, lines_of

STATELESS = frozenset({"XXA", "XXB", "XXC", "XXX"})
"""Codes of nationality of those who have none: the form asks them for the state that issued the document."""
SEXES = {"F": "female", "M": "male", "X": "other", "<": "other"}
NO_GIVEN_NAMES = "-"


@dataclass(frozen=True)
class Scan:
    """``answers`` by question. ``faults`` and ``notes`` are codes with parameters: with a fault there is no answer."""

    answers: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


@cache
def states() -> Mapping[str, str]:
    """Alpha-2 codes by what stands for them in the lines."""
    return tomllib.loads((files("chalicelib.intake.mrz") / "states.toml").read_text("utf-8"))


def read(text: str, today: date) -> Scan:
    """What the lines of a passport, card or permit answer; ``today`` tells a birth of this century from the last."""
    lines = lines_of(text)
    layout = layout_of(lines) if len(text) <= LONGEST else None
    if layout is None:
        return Scan(faults=(("shape", {}),))
    lines = filled_up(lines, layout)
    if wrong := _misfits(lines, layout) or faults(lines, layout):
        return Scan(faults=tuple(wrong))
    return _answers(lines, layout, today)


def _misfits(lines: list[str], layout: Layout) -> list[Fault]:
    """A visa has the size of a passport, and no number of the person's document."""
    if lines[0].startswith("V"):
        return [("visa", {})]
    return [
        ("length", {"line": str(place), "length": str(len(line)), "expected": str(layout.length)})
        for place, line in enumerate(lines, 1)
        if len(line) != layout.length
    ]


def _answers(lines: list[str], layout: Layout, today: date) -> Scan:
    number, birth = proofs(lines, layout)[:2]
    issued = part(lines, layout.state).rstrip("<")
    citizen = part(lines, layout.nationality).rstrip("<")
    citizen = issued if citizen in STATELESS else citizen
    found = {
        **_names(part(lines, layout.names)),
        "sex": SEXES.get(lines[layout.sex[0]][layout.sex[1]], ""),
        "date_of_birth": born(birth.text, today),
        "nationality": states().get(citizen, ""),
        "document_type": _kind(lines[0], issued),
        "document_number": number.text.replace("<", ""),
        "document_country": states().get(issued, ""),
    }
    answers = {name: value for name, value in found.items() if value}
    return Scan(answers, notes=tuple(_notes(lines, layout, answers, (issued, citizen))))


def _names(field: str) -> dict[str, str]:
    family, _, given = field.strip("<").partition("<<")
    return {
        "family_name": " ".join(part for part in family.split("<") if part),
        "given_names": " ".join(part for part in given.split("<") if part) or NO_GIVEN_NAMES,
    }


def _kind(first: str, issued: str) -> str:
    """A card that China's mainland issues under C is a permit to travel between it and Hong Kong, Macao or Taiwan."""
    if first.startswith("P"):
        return "passport"
    return "travel_permit" if first.startswith("C") and issued == "CHN" else "other"


def born(digits: str, today: date) -> str:
    """The latest such day up to today, as ISO; empty where a part is unknown or there is no such day."""
    if "<" in digits:
        return ""
    for century in (today.year // 100, today.year // 100 - 1):
        day = _day(century * 100 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        if day and day <= today:
            return day.isoformat()
    return ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _notes(lines: list[str], layout: Layout, answers: Mapping[str, str], codes: tuple[str, str]) -> list[Fault]:
    """What stays for the hand: a date left open, a state we have no name for, names that did not fit."""
    notes: list[Fault] = [("birth_open", {})] if "date_of_birth" not in answers else []
    notes += [("state", {"code": code}) for code in dict.fromkeys(codes) if code not in states()]
    if not part(lines, layout.names).endswith("<"):
        notes.append(("names_cut", {}))
    return notes
