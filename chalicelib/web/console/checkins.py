"""Check-ins from quarantine: what a traveller told day by day, and who has not been heard of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chalice import Blueprint, Response

from chalicelib.actions.check_in import checkins_of
from chalicelib.actions.list_travellers import Filter
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.checkin import Checkin, days_due, latest_of_days, suggested_end
from chalicelib.domain.quarantine import EARLIEST_START, LONGEST
from chalicelib.domain.states import State
from chalicelib.intake.forms import load
from chalicelib.intake.summary import Row, rows
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.live import live
from chalicelib.web.console.tallies import everybody
from chalicelib.web.page import page
from chalicelib.web.typed import day as read_day
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
ENOUGH, MOST_DAYS = 100, 21
"""People on a page, more or less (a day of arrivals is never torn apart), and days of arrival read for it."""


@dataclass(frozen=True)
class Day:
    """A day in quarantine: ``checkin`` is what counts of it, None for a missed one; ``open`` while it is today."""

    day: date
    checkin: Checkin | None
    rows: tuple[Row, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Stay:
    """The days, newest first; ``suggested`` is an end date that counts anew from the last signs of illness."""

    days: tuple[Day, ...]
    suggested: date | None

    @property
    def missed(self) -> int:
        """Days gone by without a word."""
        return sum(one.checkin is None and not one.open for one in self.days)


def stay_of(desk: Desk, case: Case) -> Stay | None:
    """A traveller's days so far; None where there is no quarantine."""
    if case.quarantine is None:
        return None
    told = checkins_of(desk.ports, case.case_id)
    known, due = latest_of_days(told), _due(desk, case) if case.state == State.IN_QUARANTINE else ()
    days = tuple(_day(desk, day, known.get(day)) for day in sorted({*known, *due}, reverse=True))
    ends = suggested_end(case.quarantine, told, desk.point.quarantine_days)
    return Stay(days, ends if case.state == State.IN_QUARANTINE else None)


def _due(desk: Desk, case: Case) -> tuple[date, ...]:
    return days_due(case, local_date(case.declared_at, desk.point.time_zone), desk.today)


def _day(desk: Desk, day: date, checkin: Checkin | None) -> Day:
    if checkin is None:
        return Day(day, None, open=day == desk.today)
    form = load(checkin.form, checkin.form_version)
    return Day(day, checkin, rows(form, desk.visit.language, checkin.personal.answers, desk.district_names()))


@page(blueprint, "/console/checkins", access=may("quarantine"))
def unheard(visit: Visit) -> Response:
    """Who in quarantine has not checked in today, the longest silence first; ``?before=`` goes on to earlier days."""
    desk = Desk.of(visit)
    start = read_day("before", visit.query.get("before", "")) or desk.today + timedelta(days=1)
    people, following = _silent(desk, start)
    people.sort(key=lambda one: -one[1])
    return live(visit, desk.render("checkins", people=people, next=following, first=start > desk.today))


def _silent(desk: Desk, before: date) -> tuple[list[tuple[Case, int]], str]:
    """Travellers with the number of days gone by without a word, and the arrival day to go on before (or nothing)."""
    found: list[tuple[Case, int]] = []
    for read, day in enumerate(_arrival_days(desk, before)):
        if len(found) >= ENOUGH or read == MOST_DAYS:
            return found, str(day + timedelta(days=1))
        people, _ = everybody(desk, day, Filter(day=day, state=State.IN_QUARANTINE))
        found += [(case, missed) for case in people if (missed := _silence(desk, case)) is not None]
    return found, ""


def _arrival_days(desk: Desk, before: date) -> Iterator[date]:
    """Days of arrival whose people may be in quarantine now, newest first."""
    days = (desk.today - timedelta(days=past) for past in range(LONGEST + EARLIEST_START + 1))
    return (day for day in days if day < before)


def _silence(desk: Desk, case: Case) -> int | None:
    """Days gone by since the last word; None for who has checked in today, or need not yet."""
    due = _due(desk, case)
    if not due or due[-1] != desk.today or case.checked_in == desk.today:
        return None
    return sum(day != desk.today and (case.checked_in is None or day > case.checked_in) for day in due)
