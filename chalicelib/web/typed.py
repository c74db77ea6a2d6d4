"""What was typed outside of the form: cleaned and normalised by the same rules as the form's answers."""

import re
from collections.abc import Callable, Collection
from datetime import date

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.places import Point
from chalicelib.intake.characters import compact, line
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES

LINE = 200
YEARS = range(2000, 2200)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def one_line(field: str, value: str, limit: int = LINE) -> str:
    """A line of text without control characters; raises Invalid."""
    return _read(field, lambda: line(value, limit))


def code(field: str, value: str, limit: int = 40) -> str:
    """A code as printed on paper: upper case, no spaces, plain digits; raises Invalid."""
    return _read(field, lambda: compact(value, limit))


def phone(field: str, value: str, point: Point | None) -> str:
    """A phone number in E.164; raises Invalid."""
    return _typed("phone", field, value, point.country if point else "CN")


def flight(field: str, value: str) -> str:
    """A flight's number as declarations and manifests have it; raises Invalid."""
    return _typed("flight", field, value)


def day(field: str, value: str) -> date | None:
    """A date, None when nothing was typed; raises Invalid."""
    if not value:
        return None
    if not _DATE.fullmatch(value):
        raise Invalid((FieldError(field, "not_a_date"),))
    try:
        return plausible(field, date.fromisoformat(value))
    except ValueError:
        raise Invalid((FieldError(field, "not_a_date"),)) from None


def plausible(field: str, value: date) -> date:
    """A date that somebody can have meant; raises Invalid."""
    if value.year not in YEARS:
        raise Invalid((FieldError(field, "implausible_date"),))
    return value


def one_of(field: str, value: str, choices: Collection[str]) -> str:
    """One of the choices, or nothing; raises Invalid."""
    if value and value not in choices:
        raise Invalid((FieldError(field, "not_a_choice"),))
    return value


def version(value: str) -> int | None:
    """The version that a hidden field brought back, None for what is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def number(field: str, value: str, least: int, most: int) -> int:
    """A whole number; raises Invalid."""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise Invalid((FieldError(field, "not_a_number"),))
    if not least <= int(value) <= most:
        raise Invalid((FieldError(field, "out_of_range"),))
    return int(value)


def _typed(kind: str, field: str, value: str, region: str = "CN") -> str:
    context = IntakeContext(today=date.min, districts=frozenset(), point_region=region)
    return _read(field, lambda: str(TYPES[kind].read(value, Field(type=kind), context)))


def _read(field: str, read: Callable[[], str]) -> str:
    try:
        return read()
    except Refused as refused:
        raise Invalid((FieldError(field, refused.code, refused.params),)) from None
