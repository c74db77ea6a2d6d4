"""The states of a traveller and the one table of moves between them (field.md's journey; contract's names)."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a traveller stands between the aircraft door and release."""

    DECLARED = "declared"
    VERIFIED = "verified"
    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    RECEIVED = "received"
    IN_QUARANTINE = "in_quarantine"
    RELEASED = "released"
    REFERRED = "referred"
    ONWARD = "onward"
    EXEMPT = "exempt"
    VOID = "void"


S = State
AT_AIRPORT = (S.DECLARED, S.VERIFIED, S.REGISTERED)
IN_CARE = (*AT_AIRPORT, S.DISPATCHED, S.RECEIVED, S.IN_QUARANTINE)
REFERRABLE = (*AT_AIRPORT, S.RECEIVED, S.IN_QUARANTINE)


def _all(sources: tuple[State, ...], target: State) -> Mapping[State, frozenset[State]]:
    return {source: frozenset({target}) for source in sources}


def _stay(*sources: State) -> Mapping[State, frozenset[State]]:
    return {source: frozenset({source}) for source in sources}


TRANSITIONS: Mapping[str, Mapping[State, frozenset[State]]] = {
    "verify": _all((S.DECLARED,), S.VERIFIED),
    "register": _all((S.VERIFIED,), S.REGISTERED),
    "refer": _all(REFERRABLE, S.REFERRED),
    "return": {S.REFERRED: frozenset(REFERRABLE)},
    "exempt": _all(AT_AIRPORT, S.EXEMPT),
    "onward": _all(AT_AIRPORT, S.ONWARD),
    "void": _all(AT_AIRPORT, S.VOID),
    "depart": _all((S.REGISTERED,), S.DISPATCHED),
    "take_off": _all((S.DISPATCHED,), S.REGISTERED),
    "acknowledge": _all((S.DISPATCHED,), S.RECEIVED),
    "receive": _all((S.DISPATCHED,), S.RECEIVED),
    "quarantine": _all((S.RECEIVED,), S.IN_QUARANTINE),
    "release": _all((S.IN_QUARANTINE,), S.RELEASED),
    "amend": _stay(S.DECLARED),
    "correct": _stay(*IN_CARE, S.REFERRED),
    "dispatch": _stay(S.REGISTERED),
    "change_plan": _stay(S.DISPATCHED),
    "change": _stay(S.IN_QUARANTINE),
    "check_in": _stay(S.IN_QUARANTINE),
    "hold": _stay(*IN_CARE, S.REFERRED),
    "unhold": _stay(*IN_CARE, S.REFERRED),
}
"""verb -> state it is allowed in -> states it may lead to; `return` goes back to where the referral came from."""


def allowed_in(state: State) -> tuple[str, ...]:
    """The verbs that the table allows in ``state``, in the table's order."""
    return tuple(verb for verb, moves in TRANSITIONS.items() if state in moves)
