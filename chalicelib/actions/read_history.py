"""The audit of a case, the entries of its dispatches among them, and whether the chain is as it was written."""

from dataclasses import dataclass

from chalicelib.actions.casework import seen_case
from chalicelib.actions.ports import Ports, View
from chalicelib.actions.whole_view import every
from chalicelib.domain.audit import AuditEntry, Head, intact
from chalicelib.domain.case import Case
from chalicelib.domain.desks import check_may
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.officers import Officer


@dataclass(frozen=True)
class History:
    """Entries in order of time; ``intact`` is False when one was edited or is missing."""

    entries: tuple[AuditEntry, ...]
    intact: bool


def read_history(ports: Ports, officer: Officer, case_id: str) -> History:
    """Everything that happened to a traveller; raises NotPermitted, NotFound."""
    check_may(officer, "read_history")
    seen_case(ports, officer, case_id)
    stored = ports.store.get(Case, case_id)
    own, whole = _chain(ports, case_id, stored.audit)
    entries = list(own)
    for dispatch_id in {str(entry.facts["dispatch_id"]) for entry in own if "dispatch_id" in entry.facts} | (
        {stored.dispatch_id} if stored.dispatch_id else set()
    ):
        dispatch = ports.store.get(Dispatch, dispatch_id)
        more, unbroken = _chain(ports, dispatch_id, dispatch.audit)
        entries, whole = [*entries, *(entry for entry in more if _concerns(entry, case_id))], whole and unbroken
    return History(tuple(sorted(entries, key=lambda entry: (entry.at, entry.number))), whole)


def _chain(ports: Ports, subject: str, head: Head) -> tuple[tuple[AuditEntry, ...], bool]:
    entries = tuple(every(ports.store, View(AuditEntry, "", subject, prefix="audit#")))
    return entries, intact(entries, head)


def _concerns(entry: AuditEntry, case_id: str) -> bool:
    """A vehicle's entries, without those about one other passenger."""
    return entry.facts.get("traveller_id") in (None, case_id)
