"""One verb's work on one dispatch, with its audit, in one transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.actions.owing import check_confirmed, nudge
from chalicelib.actions.ports import Change, Ports, Save
from chalicelib.domain.audit import Deed, chained
from chalicelib.domain.desks import check_sees
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.officers import Officer


class DispatchWork:
    """A dispatch under a verb: ``dispatch`` is as it will be written."""

    def __init__(self, ports: Ports, dispatch: Dispatch, actor: str) -> None:
        self.ports = ports
        self.dispatch = dispatch
        self.actor = actor
        self.point = ports.places.point(dispatch.point)
        self.changes: list[Change] = []

    @property
    def sealed_with(self) -> str:
        """The key of the dispatch's day."""
        return f"{self.dispatch.point}#{self.dispatch.date}"

    def apply(
        self, dispatch: Dispatch, verb: str, facts: Mapping[str, Any] | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Make ``dispatch`` what will be written, and chain the audit entry of ``verb``."""
        before = self.dispatch
        deed = Deed(
            verb=verb, actor=self.actor, at=self.ports.clock(), before=before.state if before.version else "",
            after=dispatch.state, facts=facts or {}, detail=detail or {},
        )  # fmt: skip
        head, entry = chained(
            before.audit, before.dispatch_id, "dispatch", deed, self.sealed_with, secrets.token_hex(8)
        )
        self.dispatch = replace(dispatch, audit=head)
        self.changes.append(Save(entry))

    def prepared(self) -> tuple[Change, ...]:
        """What this work writes, for a transaction that writes more."""
        return (Save(self.dispatch), *self.changes)

    def commit(self, *others: Change) -> Dispatch:
        """Write the dispatch; answers it as written. Raises Stale when somebody was faster, Unconfirmed."""
        check_confirmed(self.ports, self.point, others)
        self.ports.store.commit([*self.prepared(), *others])
        nudge(self.ports, others)
        return replace(self.dispatch, version=self.dispatch.version + 1)


def open_dispatch_work(ports: Ports, officer: Officer, dispatch_id: str, etag: str | None = None) -> DispatchWork:
    """Work on a dispatch for an officer; raises NotFound for another district's, Stale for an old ``etag``."""
    dispatch = ports.store.get(Dispatch, dispatch_id)
    check_sees_dispatch(officer, dispatch)
    if etag is not None and etag != str(dispatch.version):
        raise Stale
    return DispatchWork(ports, dispatch, officer.officer_id)


def check_sees_dispatch(officer: Officer, dispatch: Dispatch) -> None:
    """Raise NotFound, as if there were no such vehicle, for another district's officer."""
    try:
        check_sees(officer, dispatch.district)
    except NotFound:
        raise NotFound("dispatch") from None
