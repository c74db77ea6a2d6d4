"""Values of requests outside the form: cleaned and normalised by the same rules as the form's."""

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.places import ELSEWHERE, NO_REGISTRATION, Point
from chalicelib.intake.characters import compact, line
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES
from chalicelib.web.api.call import Call

LINE = 200
YEARS = range(2000, 2200)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def one_line(field: str, value: str, limit: int = LINE) -> str:
    """A line of text without control characters; raises Invalid."""
    try:
        return line(value, limit)
    except Refused as refused:
        raise Invalid((FieldError(field, refused.code, refused.params),)) from None


def code(field: str, value: str, limit: int = 40) -> str:
    """A code as printed on paper: upper case, no spaces, plain digits; raises Invalid."""
    try:
        return compact(value, limit)
    except Refused as refused:
        raise Invalid((FieldError(field, refused.code, refused.params),)) from None


def phone(field: str, value: str, point: Point | None) -> str:
    """A phone number in E.164; raises Invalid."""
    return _typed("phone", field, value, point.country if point else "CN")


def flight(field: str, value: str) -> str:
    """A flight's number as declarations and manifests have it; raises Invalid."""
    return _typed("flight", field, value)


def _typed(kind: str, field: str, value: str, region: str = "CN") -> str:
    context = IntakeContext(today=date.min, districts=frozenset(), point_region=region)
    try:
        return str(TYPES[kind].read(value, Field(type=kind), context))
    except Refused as refused:
        raise Invalid((FieldError(field, refused.code, refused.params),)) from None


def day(field: str, value: str) -> date | None:
    """A date of a query, None when it is empty; raises Invalid."""
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


def known_district(call: Call, field: str, value: str) -> str:
    """A district's id, or nothing; raises Invalid."""
    if value and value not in call.ports.places.districts():
        raise Invalid((FieldError(field, "unknown"),))
    return value


def known_registration(call: Call, value: str) -> str:
    """A district's id or a household registration without one, or nothing; raises Invalid."""
    return value if value in (ELSEWHERE, NO_REGISTRATION) else known_district(call, "district", value)


def asked_point(call: Call) -> Point:
    """The point of ``?point=``, else the officer's own, else the first there is.

    Raises Invalid for one that nobody knows, NotFound when there is none at all.
    """
    points = call.ports.places.points()
    asked: Any = call.query.get("point", "")
    if asked and asked not in points:
        raise Invalid((FieldError("point", "unknown"),))
    return call.ports.places.point(asked or call.officer.point or next(iter(sorted(points)), ""))


def any_point(call: Call) -> Point | None:
    """Like ``asked_point``, None while there is no point yet."""
    with suppress(NotFound):
        return asked_point(call)
    return None
