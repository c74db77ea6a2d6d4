"""One verb's work on one case: read through its dispatch, settle what that owes, move, write as one transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.actions.owing import check_confirmed, not_sent, nudge, owed
from chalicelib.actions.ports import Change, Ports, Save
from chalicelib.actions.vehicle_texts import corrected_plan, departure_notices
from chalicelib.domain.audit import Deed, chained
from chalicelib.domain.case import Case, moved
from chalicelib.domain.desks import check_sees
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import Stale
from chalicelib.domain.notices import Notice
from chalicelib.domain.officers import Officer
from chalicelib.domain.settle import settled, steps_owed
from chalicelib.domain.states import State

SYSTEM = "waystation"
"""The actor of what happens by itself."""


def etag_of(case: Case, dispatch: Dispatch | None) -> str:
    """What changes whenever the case, as everybody sees it, does."""
    unsettled = dispatch is not None and steps_owed(case, dispatch)
    return f"{case.version}-{dispatch.version}" if unsettled and dispatch else str(case.version)


def read_case(ports: Ports, case_id: str) -> tuple[Case, Dispatch | None]:
    """The case as it is stored, and the dispatch that it is on; raises NotFound."""
    case = ports.store.get(Case, case_id)
    dispatch = ports.store.find(Dispatch, case.dispatch_id) if case.dispatch_id else None
    return case, dispatch


def seen_case(ports: Ports, officer: Officer, case_id: str) -> tuple[Case, str]:
    """The case as an officer may see it, and its etag; raises NotFound for another district's people."""
    case, dispatch = read_case(ports, case_id)
    effective = settled(case, dispatch)
    check_sees(officer, effective.district)
    return effective, etag_of(case, dispatch)


class CaseWork:
    """A case under a verb: ``case`` is as it will be written, ``changes`` everything that goes with it."""

    def __init__(self, ports: Ports, case: Case, dispatch: Dispatch | None, actor: str) -> None:
        self.ports = ports
        self.case = case
        self.dispatch = dispatch
        self.actor = actor
        self.point = ports.places.point(case.point)
        self.changes: list[Change] = []
        self._settle()

    def _settle(self) -> None:
        for step in steps_owed(self.case, self.dispatch) if self.dispatch else ():
            dispatch = self.dispatch
            assert dispatch is not None
            before = self.case
            self.case = replace(step.case, audit=before.audit)
            self._record(before.state, step.verb, SYSTEM, {"dispatch_id": dispatch.dispatch_id}, {})
            if step.verb == "depart":
                self._depart(departure_notices(before, dispatch), dispatch.stopped)
            elif step.verb == "change_plan":
                self.changes += corrected_plan(self.ports, self.point, self.case, dispatch)

    def move(self, verb: str, target: State | None = None, **changes: Any) -> None:
        """Apply a verb of the transition table, with other ``changes`` to the case; raises NotInState."""
        self.apply(replace(moved(self.case, verb, target), **changes), verb)

    def apply(
        self, case: Case, verb: str, facts: Mapping[str, Any] | None = None, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Make ``case`` what will be written, and chain the audit entry of ``verb``."""
        before = self.case
        self.case = replace(case, audit=before.audit)
        self._record(before.state, verb, self.actor, facts or {}, detail or {})

    def _record(self, before: str, verb: str, actor: str, facts: Mapping[str, Any], detail: Mapping[str, Any]) -> None:
        deed = Deed(
            verb=verb, actor=actor, at=self.ports.clock(), before=before, after=self.case.state, facts=facts,
            detail=detail,
        )  # fmt: skip
        head, entry = chained(
            self.case.audit, self.case.case_id, "case", deed, self.case.sealed_with, secrets.token_hex(8)
        )
        self.case = replace(self.case, audit=head)
        self.changes.append(Save(entry))

    def _depart(self, notices: tuple[Notice, ...], stopped: bool) -> None:
        now = self.ports.clock()
        changes = owed(self.ports, self.point, notices, self.case.sealed_with, now)
        self.changes += not_sent(changes, "stopped", now) if stopped else changes

    def owe(self, notices: tuple[Notice, ...]) -> None:
        """Add the messages of an event that happens now."""
        self.changes += owed(self.ports, self.point, notices, self.case.sealed_with, self.ports.clock())

    def commit(self, *others: Change) -> Case:
        """Write the case with all that goes with it; answers it as written. Raises Stale, Unconfirmed."""
        if not self.changes:
            return self.case
        if self.actor != SYSTEM:
            check_confirmed(self.ports, self.point, [*self.changes, *others])
        self.ports.store.commit([Save(self.case), *self.changes, *others])
        nudge(self.ports, self.changes)
        return replace(self.case, version=self.case.version + 1)


def open_case(ports: Ports, officer: Officer, case_id: str, etag: str | None) -> CaseWork:
    """Work on a case for an officer; raises NotFound, and Stale when ``etag`` is given and not the current one."""
    case, dispatch = read_case(ports, case_id)
    check_sees(officer, settled(case, dispatch).district)
    if etag is not None and etag != etag_of(case, dispatch):
        raise Stale
    return CaseWork(ports, case, dispatch, officer.officer_id)
