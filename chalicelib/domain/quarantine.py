"""Quarantine in calendar dates of the point: start, end, and what a change of either may be."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from chalicelib.domain.calendar import at_local, parse_hour
from chalicelib.domain.case import Quarantine
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.places import Point

KINDS = ("hotel", "home")
LONGEST = 60
"""Days: longer than any rule so far, and short enough to catch a slip of the finger."""
EARLIEST_START = 3
"""Days before today that a quarantine may have begun: paper that is entered late."""


def planned(kind: str, start_date: date, days: int, today: date) -> Quarantine:
    """A quarantine whose end date is start date + days; raises Invalid."""
    errors = []
    if kind not in KINDS:
        errors.append(FieldError("kind", "not_a_choice"))
    if not 1 <= days <= LONGEST:
        errors.append(FieldError("days", "out_of_range", {"least": "1", "most": str(LONGEST)}))
    if abs((start_date - today).days) > EARLIEST_START:
        errors.append(FieldError("start_date", "implausible_date"))
    if errors:
        raise Invalid(tuple(errors))
    return Quarantine(kind, start_date, start_date + timedelta(days=days))


def replanned(quarantine: Quarantine, end_date: date) -> Quarantine:
    """The quarantine with another end date; raises Invalid for one before its start, or too far."""
    if end_date < quarantine.start_date:
        raise Invalid((FieldError("end_date", "before_start"),))
    if end_date > quarantine.start_date + timedelta(days=LONGEST):
        raise Invalid((FieldError("end_date", "out_of_range", {"most": str(LONGEST)}),))
    return replace(quarantine, end_date=end_date, plan=quarantine.plan + 1)


def ended_on(quarantine: Quarantine, released: date) -> date:
    """The calendar date on which it ended: its end date, however late that was noticed, or an earlier release."""
    return min(quarantine.end_date, released)


def release_time(quarantine: Quarantine, point: Point) -> datetime:
    """The instant from which the traveller is to be released: the release hour, local, of the end date."""
    return at_local(quarantine.end_date, parse_hour(point.release_hour), point.time_zone)
