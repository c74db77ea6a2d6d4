"""What an officer may do with a traveller now: the verbs of desk and state, and what each asks for."""

from dataclasses import dataclass

from chalicelib.actions.move_traveller import NEEDS_REASON
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.states import allowed_in
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.words import WHY

PERMISSION = {"change": "quarantine_change"}
"""Verbs whose permission has a name of its own."""
ASKS_WHY = NEEDS_REASON | {"release", "change", "hold", "unhold"}
NEXT = ("verify", "register", "return", "quarantine")
"""The verbs that bring a traveller on: the one that is allowed is the page's main action."""
OTHERS = ("receive", "change", "release", "hold", "unhold", "refer", "onward", "exempt", "void")
STOPS = frozenset({"refer", "void", "release"})
"""Shown in the colour of alarm: hard to take back."""


@dataclass(frozen=True)
class Deed:
    """A verb to offer: ``reasons`` can be chosen, another one be written where one is needed."""

    verb: str
    asks_why: bool
    reasons: tuple[str, ...]
    stops: bool


def next_deed(desk: Desk, case: Case) -> Deed | None:
    """The one that brings the traveller on."""
    return next((_deed(desk, verb) for verb in NEXT if _possible(desk, case, verb)), None)


def other_deeds(desk: Desk, case: Case, dispatch: Dispatch | None = None) -> tuple[Deed, ...]:
    """The rest, in the order of the page; a latecomer is received once the vehicle itself was handed over."""
    handed_over = dispatch is not None and dispatch.state == DispatchState.ACKNOWLEDGED
    offered = [verb for verb in OTHERS if verb != "receive" or handed_over]
    return tuple(_deed(desk, verb) for verb in offered if _possible(desk, case, verb))


def may_correct(desk: Desk, case: Case) -> bool:
    """Whether the answers may be corrected."""
    return _possible(desk, case, "correct")


def may_dispatch(desk: Desk, case: Case, dispatch: Dispatch | None) -> bool:
    """Whether the traveller waits for a vehicle."""
    return dispatch is None and _possible(desk, case, "dispatch")


def _possible(desk: Desk, case: Case, verb: str) -> bool:
    if (verb == "hold" and case.held) or (verb == "unhold" and not case.held):
        return False
    return verb in allowed_in(case.state) and desk.visit.may(PERMISSION.get(verb, verb))


def _deed(desk: Desk, verb: str) -> Deed:
    reasons = tuple(desk.visit.say(reason) for reason in WHY.get(verb, ()))
    return Deed(verb, verb in ASKS_WHY, reasons, verb in STOPS)
