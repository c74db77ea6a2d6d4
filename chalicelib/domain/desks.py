"""The desks, and which verb each may do. Permissions ask who; policies (in what state) live with the case."""

from collections.abc import Callable, Mapping
from typing import ParamSpec

from chalicelib.domain.errors import NotFound, NotPermitted, WaystationError
from chalicelib.domain.officers import Officer

P = ParamSpec("P")

DESKS = (
    "coordination", "flights", "onsite", "information", "hotel", "district", "cooperation", "media", "consulate",
    "report", "personnel", "logistics", "resumption", "admin",
)  # fmt: skip
"""The contract's names of field.md's thirteen groups, and ``admin``."""

_CASES = ("onsite", "information", "hotel", "district")
_PLACES = (*_CASES, "flights", "logistics", "admin")

MAY: Mapping[str, frozenset[str]] = {
    verb: frozenset({"coordination", *desks})
    for verb, desks in {
        "read_cases": _CASES,
        "read_history": _CASES,
        "verify": ("onsite",),
        "correct": ("onsite", "information", "hotel", "district"),
        "register": ("onsite",),
        "refer": ("onsite", "hotel", "district"),
        "return": ("onsite", "hotel", "district"),
        "exempt": ("onsite",),
        "onward": ("onsite",),
        "void": ("onsite",),
        "receive": ("hotel", "district"),
        "assisted_declaration": ("onsite",),
        "merge": ("onsite", "information"),
        "plan_care": ("onsite", "hotel", "district"),
        "quarantine": ("hotel", "district"),
        "quarantine_change": ("hotel", "district"),
        "hold": ("onsite", "hotel", "district"),
        "unhold": ("onsite", "hotel", "district"),
        "release": ("district",),
        "read_dispatches": _CASES,
        "dispatch": ("onsite", "hotel", "district"),
        "change_plan": ("onsite", "hotel", "district"),
        "arrive": ("hotel", "district"),
        "acknowledge": ("hotel", "district"),
        "read_flights": ("flights", "onsite", "information", "hotel", "report"),
        "put_flight": ("flights", "information"),
        "manifest": ("flights", "information"),
        "close_flight": ("flights", "information"),
        "put_risk_list": ("information",),
        "read_points": DESKS,
        "put_point": ("admin",),
        "read_districts": _PLACES,
        "put_district": ("district", "admin"),
        "read_hotels": _PLACES,
        "put_hotel": ("hotel", "admin"),
        "read_messages": ("hotel", "district"),
        "resend_message": ("hotel", "district"),
        "stop_messages": ("hotel", "district"),
        "read_spending": ("hotel", "report", "admin"),
        "lift_ceiling": (),
        "read_templates": ("hotel", "admin"),
        "send_test": ("hotel", "admin"),
        "read_tasks": _CASES,
        "show_number": ("onsite", "hotel", "district"),
        "do_task": ("onsite", "hotel", "district"),
        "read_figures": DESKS,
        "read_reports": ("report", "cooperation"),
        "manage_officers": ("admin",),
    }.items()
}
"""verb -> desks. ``media`` and the groups without a page of their own read figures only: no person is identifiable."""

_UNCONFINED = MAY["read_cases"] - {"district"}


def check_may(officer: Officer, verb: str) -> None:
    """Raise NotPermitted unless one of the officer's desks may do ``verb``; an unknown verb is a KeyError."""
    if not officer.desks & MAY[verb]:
        raise NotPermitted(verb)


def check_sees(officer: Officer, district: str | None) -> None:
    """Raise NotFound, as if there were nobody, for a district officer who asks for another district's people."""
    if officer.desks & _UNCONFINED:
        return
    if officer.district is None or officer.district != district:
        raise NotFound("traveller")


def confined_to(officer: Officer) -> str | None:
    """The only district whose people this officer sees, or None for all of them."""
    return None if officer.desks & _UNCONFINED else officer.district


def allowed(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Whether a check passes: for templates, which ask where actions demand."""
    try:
        check(*args, **kwargs)
    except WaystationError:
        return False
    return True
