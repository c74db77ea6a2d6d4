"""Idempotency keys: used in the very transaction of the change, answered from what was kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.actions.expiry import in_days
from chalicelib.actions.ports import AlreadyThere, Change, Page, Ports, Save, Store, View
from chalicelib.domain.arrivals import Once
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import KeyReused, Stale

KEPT_DAYS = 2
LONGEST = 200


class Repeated(Exception):
    """This key was used with this body before: ``kept`` is what to answer."""

    def __init__(self, kept: Once) -> None:
        super().__init__("repeated")
        self.kept = kept


def once_for(ports: Ports, actor: str, key: str, said: str) -> Once:
    """The row of a key of one actor; ``said`` is everything that must be the same: method, path and body."""
    name = hashlib.sha256(f"{actor}\x1f{key[:LONGEST]}".encode()).hexdigest()
    return Once(
        key=name, body_digest=ports.digests.digest("once", "body", said), resource="",
        expires_at=in_days(ports.clock(), KEPT_DAYS),
    )  # fmt: skip


class OnceStore:
    """A store whose first transaction uses a key up as well."""

    def __init__(self, store: Store, once: Once) -> None:
        self._store = store
        self._once: Once | None = once
        self.used: Once | None = None
        known = store.find(Once, once.key)
        if known is not None:
            raise _repetition(known, once)

    def find(self, kind: type[Any], *key: object) -> Any:
        """As the store beneath."""
        return self._store.find(kind, *key)

    def get(self, kind: type[Any], *key: object) -> Any:
        """As the store beneath."""
        return self._store.get(kind, *key)

    def many(self, kind: type[Any], keys: Sequence[tuple[object, ...]]) -> dict[tuple[object, ...], Any]:
        """As the store beneath."""
        return self._store.many(kind, keys)

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        """As the store beneath."""
        return self._store.page(view, limit, cursor)

    def commit(self, changes: Sequence[Change]) -> None:
        """As the store beneath, the key with it the first time. Raises Repeated when it was used meanwhile."""
        if self._once is None:
            return self._store.commit(changes)
        once = replace(self._once, resource=_resource(changes))
        try:
            self._store.commit([*changes, Save(once)])
        except (AlreadyThere, Stale):
            known = self._store.find(Once, once.key)
            if known is not None:
                raise _repetition(known, once) from None
            raise
        self._once, self.used = None, replace(once, version=1)
        return None

    def keep(self, answer: Mapping[str, Any]) -> None:
        """Remember the answer that was given; when this is lost, it is answered anew from the resource."""
        if self.used is not None:
            self._store.commit([Save(replace(self.used, personal=json.dumps(answer)))])


def _repetition(known: Once, once: Once) -> Exception:
    return Repeated(known) if known.body_digest == once.body_digest else KeyReused()


def _resource(changes: Sequence[Change]) -> str:
    for change in changes:
        if isinstance(change.entity, Dispatch):
            return f"dispatch:{change.entity.dispatch_id}"
    cases = [change.entity.case_id for change in changes if isinstance(change.entity, Case)]
    return f"case:{cases[0]}" if cases else ""
