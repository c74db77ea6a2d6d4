"""What a request names that must exist: a district, a registration, a point."""

from contextlib import suppress
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.places import ELSEWHERE, NO_REGISTRATION, Point
from chalicelib.web.api.call import Call


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
