"""Declarations that give one document other answers: an officer sees them side by side, and decides."""

from dataclasses import dataclass

from chalicelib.actions.find_travellers import visible
from chalicelib.actions.ports import Ports, View
from chalicelib.domain.case import Case
from chalicelib.domain.desks import check_may
from chalicelib.domain.finding import Linked
from chalicelib.domain.officers import Officer

MOST = 50


@dataclass(frozen=True)
class Link:
    """Another declaration, and why it is beside this one."""

    case: Case
    reason: str


def read_links(ports: Ports, officer: Officer, case: Case) -> tuple[Link, ...]:
    """The declarations linked to a case, or the first one that a linked case stands beside; raises NotPermitted."""
    check_may(officer, "read_cases")
    rows = ports.store.page(View(Linked, "", case.case_id, prefix="linked#"), MOST).items
    reasons = {row.linked_id: row.reason for row in rows}
    if case.linked_to:
        reasons[case.linked_to] = "first"
    found = ports.store.many(Case, [(linked,) for linked in reasons])
    return tuple(Link(other, reasons[other.case_id]) for other in visible(ports, officer, found.values()))
