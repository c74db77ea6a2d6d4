"""What an officer may have meant: one box takes a reference, a pass, a flight, a phone, a plate, a document, a name."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.identifiers import case_id_of
from chalicelib.domain.places import Point
from chalicelib.intake.characters import compact, line
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES

LONGEST, MOST = 400, 2_000
"""Characters that are read, and that are looked at for them: normalising takes the square of the length."""
_PASS = re.compile(r"(?:.*/P/)?([A-Z2-7]{100,140})/?", re.IGNORECASE)
_PLATE = re.compile(r"[\u4e00-\u9fff]?[A-Z0-9-]{4,9}[\u4e00-\u9fff]?")


@dataclass(frozen=True)
class Reading:
    """One way to read what was typed: ``field`` as find_travellers has it, or ``flight`` or ``pass``."""

    field: str
    value: str


def readings(typed: str, point: Point) -> tuple[Reading, ...]:
    """The ways to read it, likeliest first; none for nothing or for nonsense."""
    typed = unicodedata.normalize("NFKC", typed[:MOST]).strip()[:LONGEST]
    found = [Reading(field, value) for field, read in _READERS.items() if (value := _tried(read, typed, point))]
    return tuple(found)


def pass_token(typed: str) -> str:
    """The token in a scanned pass, or nothing."""
    match = _PASS.fullmatch(typed.strip())
    return match[1].upper() if match else ""


def _tried(read: Callable[[str, Point], str], typed: str, point: Point) -> str:
    try:
        return read(typed, point)
    except Refused:
        return ""


def _typed(field: Field, typed: str, point: Point) -> str:
    context = IntakeContext(today=date.min, districts=frozenset(), point_region=point.country)
    return str(TYPES[field.type].read(typed, field, context))


def _reference(typed: str, point: Point) -> str:
    return typed if case_id_of(typed) else ""


def _flight(typed: str, point: Point) -> str:
    return _typed(Field(type="flight"), typed, point)


def _phone(typed: str, point: Point) -> str:
    digits = sum(char.isdigit() for char in typed)
    return _typed(Field(type="phone"), typed, point) if digits >= 6 else ""


def _plate(typed: str, point: Point) -> str:
    plate = compact(typed, 20).replace("·", "")
    return plate if _PLATE.fullmatch(plate) and any(char.isdigit() for char in plate) else ""


def _document(typed: str, point: Point) -> str:
    number = _typed(Field(type="document", min=3, max=20), typed, point)
    return number if any(char.isdigit() for char in number) else ""


def _name(typed: str, point: Point) -> str:
    name = line(typed, 120)
    letters, digits = any(char.isalpha() for char in name), any(char.isdigit() for char in name)
    return name if letters and not digits else ""


_READERS: dict[str, Callable[[str, Point], str]] = {
    "pass": lambda typed, point: pass_token(typed),
    "reference": _reference,
    "flight": _flight,
    "phone": _phone,
    "document_number": _document,
    "plate": _plate,
    "name": _name,
}
