"""Values of requests outside the form: cleaned and normalised by the same rules as the form's."""

from datetime import date
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.places import Point
from chalicelib.intake.characters import compact, line
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES
from chalicelib.web.api.endpoint import Call

LINE = 200


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
    context = IntakeContext(today=date.min, districts=frozenset(), point_region=point.country if point else "CN")
    try:
        return str(TYPES["phone"].read(value, Field(type="phone"), context))
    except Refused as refused:
        raise Invalid((FieldError(field, refused.code, refused.params),)) from None


def day(field: str, value: str) -> date | None:
    """A date of a query, None when it is empty; raises Invalid."""
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Invalid((FieldError(field, "not_a_date"),)) from None


def asked_point(call: Call) -> Point:
    """The point of ``?point=``, else the officer's own, else the first there is; raises NotFound."""
    points = call.ports.places.points()
    asked: Any = call.query.get("point") or call.officer.point or next(iter(sorted(points)), "")
    return call.ports.places.point(asked)
