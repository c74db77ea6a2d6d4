"""Words of the domain as officers read them. ``N_`` marks a sentence for the catalogues; pages translate it."""

from collections.abc import Callable, Mapping
from typing import Any


def N_(message: str) -> str:  # noqa: N802
    """Mark ``message`` for translation and leave it as it is."""
    return message


STATES: Mapping[str, str] = {
    "declared": N_("Declared"),
    "verified": N_("Verified"),
    "registered": N_("Registered"),
    "dispatched": N_("Dispatched"),
    "received": N_("Received by the district"),
    "in_quarantine": N_("In quarantine"),
    "released": N_("Released"),
    "referred": N_("Referred to hospital"),
    "onward": N_("Travelling onward"),
    "exempt": N_("Exempt"),
    "void": N_("Void"),
}
DISPATCH_STATES: Mapping[str, str] = {
    "boarding": N_("Boarding"),
    "departed": N_("Departed"),
    "arrived": N_("Arrived"),
    "acknowledged": N_("Acknowledged"),
    "discrepancy": N_("Heads differ"),
}
MESSAGE_STATES: Mapping[str, str] = {
    "owed": N_("Waiting to be sent"),
    "sending": N_("Being sent"),
    "sent": N_("Sent"),
    "delivered": N_("Delivered"),
    "undelivered": N_("Not delivered"),
    "failed": N_("Failed"),
    "unknown": N_("Outcome unknown"),
    "cancelled": N_("Cancelled"),
}
VERBS: Mapping[str, str] = {
    "verify": N_("Verify"),
    "correct": N_("Correct"),
    "register": N_("Register at the diversion point"),
    "refer": N_("Refer to hospital"),
    "return": N_("Return from hospital"),
    "exempt": N_("Exempt"),
    "onward": N_("Send onward"),
    "void": N_("Declare void"),
    "receive": N_("Receive a latecomer"),
    "release": N_("Release early"),
    "dispatch": N_("Put on a dispatch"),
    "board": N_("Board"),
    "depart": N_("Depart"),
    "change_plan": N_("Change the plan"),
    "take_off": N_("Take off the vehicle"),
    "stop_messages": N_("Stop the messages"),
    "arrive": N_("Record arrival"),
    "acknowledge": N_("Acknowledge hand-over"),
    "quarantine": N_("Start quarantine"),
    "change": N_("Change the end date"),
    "hold": N_("Put on hold"),
    "unhold": N_("Lift the hold"),
    "amend": N_("Amend"),
    "check_in": N_("Check in"),
}
DESK_NAMES: Mapping[str, str] = {
    "coordination": N_("Comprehensive coordination"),
    "flights": N_("Airport international flights"),
    "onsite": N_("Airport on-site response"),
    "information": N_("Airport information"),
    "hotel": N_("Hotel transfer"),
    "district": N_("District and community coordination"),
    "cooperation": N_("International cooperation"),
    "media": N_("Media response"),
    "consulate": N_("Consulate liaison"),
    "report": N_("Special report"),
    "personnel": N_("Personnel assignment"),
    "logistics": N_("Logistics support"),
    "resumption": N_("Resumption of work and production"),
    "admin": N_("Administration"),
}
_ALL_STATES = {**STATES, **DISPATCH_STATES, **MESSAGE_STATES}


def functions(translate: Callable[[str], str]) -> Mapping[str, Any]:
    """``state_name(state)``, ``verb_name(verb)``, ``desk_name(desk)`` for templates; unknown codes stay as they are."""

    def by(table: Mapping[str, str]) -> Callable[[str], str]:
        return lambda code: translate(table[code]) if code in table else code

    return {"state_name": by(_ALL_STATES), "verb_name": by(VERBS), "desk_name": by(DESK_NAMES)}
