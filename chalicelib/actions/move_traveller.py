"""The verbs that only move a traveller from state to state: verify, register, refer, return, exempt, onward, void."""

from dataclasses import replace

from chalicelib.actions.casework import CaseWork, open_case
from chalicelib.actions.dispatchwork import DispatchWork
from chalicelib.actions.ports import Ports
from chalicelib.domain.case import Case, moved
from chalicelib.domain.desks import check_may
from chalicelib.domain.dispatch import Dispatch, DispatchState, taken_off
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State

PLAIN_VERBS = ("verify", "register", "refer", "return", "exempt", "onward", "void")
NEEDS_REASON = frozenset({"refer", "exempt", "onward", "void"})
REASON_LIMIT = 500


def move_traveller(
    ports: Ports, officer: Officer, case_id: str, verb: str, reason: str = "", etag: str | None = None
) -> Case:
    """The case after ``verb``; a traveller on a vehicle that is still boarding is taken off its roster as well.

    Raises NotPermitted, NotFound, NotInState, Invalid without a reason where one is needed, Stale.
    """
    check_may(officer, verb)
    work = open_case(ports, officer, case_id, etag)
    moved(work.case, verb, _target(work.case, verb))
    check_reason(reason, verb in NEEDS_REASON)
    after = _after(work, verb)
    work.apply(after, verb, detail={"reason": reason} if reason else {})
    if work.case.state == State.REGISTERED or work.dispatch is None or not _boarding(work.dispatch, case_id):
        return work.commit()
    return _without_seat(ports, work, officer)


def _target(case: Case, verb: str) -> State | None:
    return case.referred_from if verb == "return" else None


def _after(work: CaseWork, verb: str) -> Case:
    after = moved(work.case, verb, _target(work.case, verb))
    if verb == "refer":
        return replace(after, referred_from=work.case.state)
    return replace(after, referred_from=None) if verb == "return" else after


def _boarding(dispatch: Dispatch, case_id: str) -> bool:
    return dispatch.state == DispatchState.BOARDING and dispatch.carries(case_id)


def _without_seat(ports: Ports, work: CaseWork, officer: Officer) -> Case:
    assert work.dispatch is not None
    vehicle = DispatchWork(ports, work.dispatch, officer.officer_id)
    vehicle.apply(taken_off(work.dispatch, work.case.case_id), "take_off", {"traveller_id": work.case.case_id})
    work.case = replace(work.case, dispatch_id=None)
    return work.commit(*vehicle.prepared())


def check_reason(reason: str, needed: bool) -> None:
    """Raise Invalid for a reason that is missing or longer than 500 characters."""
    if needed and not reason.strip():
        raise Invalid((FieldError("reason", "required"),))
    if len(reason) > REASON_LIMIT:
        raise Invalid((FieldError("reason", "too_long", {"limit": str(REASON_LIMIT)}),))
