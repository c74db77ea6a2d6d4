"""What an administrator's pages offer and show: they belong to no desk, and work before there is any point of entry."""

from datetime import UTC, date, datetime

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring


def districts(visit: Visit) -> dict[str, str]:
    """Names by id, in the official order of the codes."""
    known = sorted(wiring().places.districts().values(), key=lambda one: one.code or one.district)
    return {one.district: one.name(visit.language) for one in known}


def asked_district(visit: Visit) -> str | None:
    """The district that a form chose, or none; raises Invalid for one that nobody knows."""
    asked = visit.form.text("district")
    if asked and asked not in wiring().places.districts():
        raise Invalid((FieldError("district", "unknown"),))
    return asked or None


def local_day(visit: Visit, moment: datetime) -> date:
    """The date of a moment at the officer's point, else at the first there is, else in UTC."""
    points = wiring().places.points()
    own = points.get(visit.officer.point or min(points, default=""))
    return local_date(moment, own.time_zone) if own else moment.astimezone(UTC).date()
