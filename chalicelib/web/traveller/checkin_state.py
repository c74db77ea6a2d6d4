"""Whether somebody in quarantine has checked in today, and when: for the pass, and for the form itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.actions.check_in import checkin_of
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.checkin import Checkin
from chalicelib.domain.places import Point
from chalicelib.domain.states import State
from chalicelib.wiring import wiring


def today_of(case: Case, point: Point) -> Checkin | None:
    """Today's check-in that counts; read only when the case says that there is one."""
    here = wiring()
    today = local_date(here.clock(), point.time_zone)
    return checkin_of(here.ports, case.case_id, today) if case.checked_in == today else None


def told_today(case: Case, point: Point) -> dict[str, object] | None:
    """The local time of today's check-in and whether it told of illness; None before it, and outside quarantine."""
    checkin = today_of(case, point) if case.state == State.IN_QUARANTINE else None
    return {"at": clock_time(checkin.at, point), "ill": bool(checkin.signs)} if checkin else None


def clock_time(moment: datetime, point: Point) -> str:
    """``08:10`` on the point's clocks."""
    return f"{moment.astimezone(ZoneInfo(point.time_zone)):%H:%M}"
