"""An officer declares for a traveller, by asking or from paper: marked as such, and undone while nobody has looked."""

from datetime import date
from itertools import islice

from chalicelib.actions.amend_declaration import freed
from chalicelib.actions.casework import CaseWork
from chalicelib.actions.ports import Change, Ports, Save, View
from chalicelib.actions.submit_declaration import Receipt, submit_declaration
from chalicelib.actions.whole_view import pages
from chalicelib.domain.case import Case, moved
from chalicelib.domain.declaration import SOURCES, Declaration
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State

MOST_PAGES = 6
"""A flight has 300 heads; those whom a busy officer entered are the last of them."""


def assist_declaration(ports: Ports, officer: Officer, declaration: Declaration) -> Receipt:
    """The receipt, as for a traveller; the cases say how the answers came, and who entered them.

    Raises NotPermitted, Invalid for a source that there is not, NotFound for an unknown point, KeyReused.
    """
    check_may(officer, "assisted_declaration")
    if declaration.source not in SOURCES:
        raise Invalid((FieldError("source", "not_a_choice"),))
    return submit_declaration(ports, declaration, officer.officer_id)


def entries_of(ports: Ports, officer: Officer, point: str, day: date, flight: str) -> tuple[Case, ...]:
    """Whom the officer entered on a flight, the latest first, without what was undone."""
    check_may(officer, "assisted_declaration")
    view = View(Case, "by_flight", f"{point}#{day}#{flight}", newest_first=True)
    read = (case for page in islice(pages(ports.store, view), MOST_PAGES) for case in page.items)
    return tuple(case for case in read if _is_own(case, officer) and case.state != State.VOID)


def undo_entry(ports: Ports, officer: Officer, case_id: str) -> tuple[Case, ...]:
    """The party of an officer's own entry, void, and its documents free to be entered again; undoing twice is once.

    Raises NotPermitted, NotFound for what somebody else entered, Conflict once an officer has looked at one of them.
    """
    check_may(officer, "assisted_declaration")
    case = ports.store.get(Case, case_id)
    if not _is_own(case, officer):
        raise NotFound("entry")
    party = tuple(ports.store.many(Case, [(member,) for member in case.party]).values())
    if all(member.state == State.VOID for member in party):
        return party
    if any(member.state != State.DECLARED for member in party):
        raise Conflict("entry_looked_at")
    works = [CaseWork(ports, member, None, officer.officer_id) for member in party]
    ports.store.commit([change for work in works for change in _undone(ports, work)])
    return tuple(work.case for work in works)


def _is_own(case: Case, officer: Officer) -> bool:
    return bool(case.source) and case.entered_by == officer.officer_id


def _undone(ports: Ports, work: CaseWork) -> list[Change]:
    member = work.case
    work.apply(moved(member, "void"), "void", {"entry": "undone"})
    return [Save(work.case), *work.changes, *freed(ports, member)]
