"""Quarantine starts, its end changes, it is held: state, audit, texts and the planned release in one transaction."""

from dataclasses import dataclass, replace
from datetime import date

from chalicelib.actions.casework import CaseWork, open_case
from chalicelib.actions.move_traveller import check_reason
from chalicelib.actions.plan_release import planned_anew
from chalicelib.actions.ports import Ports
from chalicelib.actions.stay_texts import stay_notices, taken_back
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case, Quarantine, moved
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import Conflict, FieldError, Invalid
from chalicelib.domain.officers import Officer
from chalicelib.domain.quarantine import planned, replanned
from chalicelib.domain.states import State

PLACE_LIMIT = 200


@dataclass(frozen=True)
class Placement:
    """Where and how long: ``days`` None is the point's own default, ``start_date`` None is today at the point."""

    kind: str
    place: str
    room: str = ""
    start_date: date | None = None
    days: int | None = None


def start_quarantine(ports: Ports, officer: Officer, case_id: str, placement: Placement, etag: str | None) -> Case:
    """The case in quarantine, its release planned, family and traveller told.

    Raises NotPermitted, NotFound, NotInState, Invalid, Stale.
    """
    check_may(officer, "quarantine")
    work = open_case(ports, officer, case_id, etag)
    after = moved(work.case, "quarantine")
    today = local_date(ports.clock(), work.point.time_zone)
    days = work.point.quarantine_days if placement.days is None else placement.days
    plan = planned(placement.kind, placement.start_date or today, days, today)
    _check_place(placement)
    personal = replace(work.case.personal, place=placement.place, room=placement.room)
    facts = {"start_date": str(plan.start_date), "end_date": str(plan.end_date), "kind": plan.kind}
    work.apply(replace(after, quarantine=plan, personal=personal), "quarantine", facts, {"place": placement.place})
    work.owe(stay_notices(work.case, "quarantine_started", plan))
    return work.commit(*planned_anew(work, plan))


def _check_place(placement: Placement) -> None:
    long = [name for name in ("place", "room") if len(getattr(placement, name)) > PLACE_LIMIT]
    errors = [FieldError(name, "too_long", {"limit": str(PLACE_LIMIT)}) for name in long]
    if not placement.place.strip():
        errors.append(FieldError("place", "required"))
    if errors:
        raise Invalid(tuple(errors))


def change_quarantine(
    ports: Ports, officer: Officer, case_id: str, end_date: date, reason: str, etag: str | None
) -> Case:
    """The case with another end date: what was owed for the old one is cancelled, the new one told (promise 4)."""
    check_may(officer, "quarantine_change")
    check_reason(reason, needed=True)
    work = open_case(ports, officer, case_id, etag)
    before = _quarantine_of(work, "change")
    plan = replanned(before, end_date)
    if end_date == before.end_date:
        raise Conflict("same_end_date")
    facts = {"from": str(before.end_date), "to": str(end_date)}
    work.apply(replace(work.case, quarantine=plan), "change", facts, {"reason": reason})
    work.owe(stay_notices(work.case, "date_changed", plan))
    return work.commit(*planned_anew(work, plan), *taken_back(work, before))


def _quarantine_of(work: CaseWork, verb: str) -> Quarantine:
    moved(work.case, verb)
    assert work.case.quarantine is not None
    return work.case.quarantine


def hold_case(ports: Ports, officer: Officer, case_id: str, reason: str, etag: str | None) -> Case:
    """The case on hold: nobody releases it by the calendar until it is taken off hold."""
    return _held(ports, officer, case_id, reason, etag, held=True)


def unhold_case(ports: Ports, officer: Officer, case_id: str, reason: str, etag: str | None) -> Case:
    """The case off hold; a release that fell due meanwhile is due at once."""
    return _held(ports, officer, case_id, reason, etag, held=False)


def _held(ports: Ports, officer: Officer, case_id: str, reason: str, etag: str | None, held: bool) -> Case:
    verb = "hold" if held else "unhold"
    check_may(officer, verb)
    check_reason(reason, needed=True)
    work = open_case(ports, officer, case_id, etag)
    after = moved(work.case, verb)
    if work.case.held == held:
        raise Conflict("already_held" if held else "not_held")
    work.apply(replace(after, held=held), verb, detail={"reason": reason})
    housed = work.case.state == State.IN_QUARANTINE and work.case.quarantine
    return work.commit(*(planned_anew(work, housed) if housed else ()))
