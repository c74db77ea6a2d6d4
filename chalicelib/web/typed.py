"""What was typed outside of the form: cleaned and normalised by the same rules as the form's answers."""

from collections.abc import Callable
from datetime import date

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.places import Point
from chalicelib.intake.characters import compact, line
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES

LINE = 200


def one_line(field: str, value: str, limit: int = LINE) -> str:
    """A line of text without control characters; raises Invalid."""
    return _read(field, lambda: line(value, limit))


def code(field: str, value: str, limit: int = 40) -> str:
    """A code as printed on paper: upper case, no spaces, plain digits; raises Invalid."""
    return _read(field, lambda: compact(value, limit))


def phone(field: str, value: str, point: Point) -> str:
    """A phone number in E.164; raises Invalid."""
    context = IntakeContext(today=date.min, districts=frozenset(), point_region=point.country)
    return _read(field, lambda: str(TYPES["phone"].read(value, Field(type="phone"), context)))


def day(field: str, value: str) -> date | None:
    """A date, None when nothing was typed; raises Invalid."""
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Invalid((FieldError(field, "not_a_date"),)) from None


def number(field: str, value: str, least: int, most: int) -> int:
    """A whole number; raises Invalid."""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise Invalid((FieldError(field, "not_a_number"),))
    if not least <= int(value) <= most:
        raise Invalid((FieldError(field, "out_of_range"),))
    return int(value)


def _read(field: str, read: Callable[[], str]) -> str:
    try:
        return read()
    except Refused as refused:
        raise Invalid((FieldError(field, refused.code, refused.params),)) from None
