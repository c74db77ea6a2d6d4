"""The verbs that only move a traveller from state to state: verify, register, refer, return, exempt and so on."""

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.actions.casework import CaseWork, open_case
from chalicelib.actions.dispatchwork import DispatchWork
from chalicelib.actions.plan_release import planned_anew
from chalicelib.actions.ports import Change, Ports
from chalicelib.domain.case import Case, moved, without_seat
from chalicelib.domain.desks import check_may
from chalicelib.domain.dispatch import Dispatch, DispatchState, taken_off
from chalicelib.domain.errors import Conflict, FieldError, Invalid
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State

PLAIN_VERBS = ("verify", "register", "refer", "return", "exempt", "onward", "void", "receive")
NEEDS_REASON = frozenset({"refer", "exempt", "onward", "void", "receive"})
REASON_LIMIT = 500


def move_traveller(
    ports: Ports, officer: Officer, case_id: str, verb: str, reason: str = "", etag: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> Case:  # fmt: skip
    """The case after ``verb``; a traveller on a vehicle that is still boarding is taken off its roster as well.

    ``facts`` go into the audit entry, for everybody who reads it.
    Raises NotPermitted, NotFound, NotInState, Invalid without a reason where one is needed, Stale.
    """
    check_may(officer, verb)
    work = open_case(ports, officer, case_id, etag)
    moved(work.case, verb, _target(work.case, verb))
    check_reason(reason, verb in NEEDS_REASON)
    if verb == "receive":
        _check_handed_over(work.dispatch)
    after, detail = _after(work, verb), {"reason": reason} if reason else {}
    vehicle = _vehicle_left(work, after)
    if vehicle is not None:
        work.apply(without_seat(after), verb, {**(facts or {}), "dispatch_id": vehicle.dispatch_id}, detail)
        return work.commit(*_taken_off(ports, vehicle, officer, case_id))
    work.apply(after, verb, facts, detail)
    # A release that fell due during a referral found nobody to release: it is planned again.
    housed = work.case.quarantine if work.case.state == State.IN_QUARANTINE else None
    return work.commit(*(planned_anew(work, housed) if housed else ()))


def _check_handed_over(dispatch: Dispatch | None) -> None:
    """Raise Conflict while the vehicle's own hand-over is open: who turns up before that is counted on arrival."""
    if dispatch is not None and dispatch.state != DispatchState.ACKNOWLEDGED:
        raise Conflict("hand_over_open")


def _target(case: Case, verb: str) -> State | None:
    return case.referred_from if verb == "return" else None


def _after(work: CaseWork, verb: str) -> Case:
    after = moved(work.case, verb, _target(work.case, verb))
    if verb == "refer":
        return replace(after, referred_from=work.case.state)
    if verb == "verify":
        # An officer has looked: a linked declaration is a person of its own from here on, or it is declared void.
        return replace(after, linked_to=None)
    return replace(after, referred_from=None) if verb == "return" else after


def _vehicle_left(work: CaseWork, after: Case) -> Dispatch | None:
    """The vehicle, still boarding, that the traveller no longer rides with."""
    dispatch = work.dispatch
    if dispatch is None or after.dispatch_id != dispatch.dispatch_id or after.state == State.REGISTERED:
        return None
    aboard = dispatch.state == DispatchState.BOARDING and dispatch.carries(after.case_id)
    return dispatch if aboard else None


def _taken_off(ports: Ports, dispatch: Dispatch, officer: Officer, case_id: str) -> tuple[Change, ...]:
    vehicle = DispatchWork(ports, dispatch, officer.officer_id)
    vehicle.apply(taken_off(dispatch, case_id), "take_off", {"traveller_id": case_id})
    return vehicle.prepared()


def check_reason(reason: str, needed: bool) -> None:
    """Raise Invalid for a reason that is missing or longer than 500 characters."""
    if needed and not reason.strip():
        raise Invalid((FieldError("reason", "required"),))
    if len(reason) > REASON_LIMIT:
        raise Invalid((FieldError("reason", "too_long", {"limit": str(REASON_LIMIT)}),))
