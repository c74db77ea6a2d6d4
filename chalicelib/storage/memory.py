"""The same port without a database, for tests: the contract suite holds it to the real one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from threading import RLock
from typing import Any, TypeVar

from chalicelib.actions.ports import Add, AlreadyThere, Change, Claim, Owe, Page, Remove, View
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.storage.commit import without_doubles
from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.tables import FIGURES, INDEXES, range_key_of

T = TypeVar("T")
_Place = tuple[str, str, str]


def _place(entity: Any) -> _Place:
    layout = LAYOUTS[type(entity)]
    return (layout.table, *layout.key(*layout.parts(entity)))


class MemoryStore:
    """The port ``Store`` in a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[_Place, Any] = {}
        self._lock = RLock()
        self._indexed: dict[_Place, tuple[Any, Mapping[str, str | None]]] = {}

    def find(self, kind: type[T], *key: Any) -> T | None:
        """The entity, or None."""
        return self.rows.get((LAYOUTS[kind].table, *LAYOUTS[kind].key(*key)))

    def get(self, kind: type[T], *key: Any) -> T:
        """The entity; raises NotFound."""
        found = self.find(kind, *key)
        if found is None:
            raise NotFound(kind.__name__.lower())
        return found

    def many(self, kind: type[T], keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], T]:
        """Those that exist."""
        found = {key: self.find(kind, *key) for key in keys}
        return {key: entity for key, entity in found.items() if entity is not None}

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        """Rows of a view in order; the cursor is how many were seen."""
        seen = int(cursor["seen"]) if cursor else 0
        ordered = sorted(self._sorted(view), key=lambda row: row[0], reverse=view.newest_first)
        items = [entity for _, entity in ordered][seen : seen + limit]
        return Page(tuple(items), {"seen": seen + limit} if len(items) == limit else None)

    def _sorted(self, view: View) -> list[tuple[str, Any]]:
        table = LAYOUTS[view.kind].table
        with self._lock:
            known = [(place, entity) for place, entity in self.rows.items() if place[0] == table]
        rows = self._by_index(view, table, known) if view.index else _by_key(view, known)
        return [
            (sort, entity)
            for sort, entity in rows
            if sort.startswith(view.prefix) and (not view.until or sort <= view.until)
        ]

    def _by_index(self, view: View, table: str, known: list[tuple[_Place, Any]]) -> Iterator[tuple[str, Any]]:
        partition, sort = INDEXES[table][view.index], range_key_of(view.index)
        for place, entity in known:
            attributes = self._attributes(place, entity)
            if attributes.get(partition) == view.partition:
                yield attributes.get(sort) or "", entity

    def _attributes(self, place: _Place, entity: Any) -> Mapping[str, str | None]:
        known, attributes = self._indexed.get(place, (None, {}))
        if known is not entity:
            attributes = LAYOUTS[type(entity)].indexes(entity)
            self._indexed[place] = (entity, attributes)
        return attributes

    def commit(self, changes: Sequence[Change]) -> None:
        """All of it or nothing."""
        with self._lock:
            owed = [c for c in without_doubles(changes) if not (isinstance(c, Owe) and _place(c.entity) in self.rows)]
            refused = [(change, found) for change in owed if (found := self._refusal(change)) is not None]
            if any(found is _GONE for _, found in refused):
                raise Stale
            if refused:
                raise AlreadyThere([found for _, found in refused])
            for change in owed:
                self._apply(change)

    def _refusal(self, change: Change) -> Any:
        """What stands in the way of a change, or None."""
        entity = change.entity
        if isinstance(change, Add):
            return None
        standing = self.rows.get(_place(entity))
        if isinstance(change, Claim):
            rows = [standing, *(self.rows.get(_place(earlier)) for earlier in change.months_before)]
            return next((row for row in rows if row is not None and _stands(row, change)), None)
        if entity.version == 0:
            return standing
        return None if standing is not None and standing.version == entity.version else _GONE

    def _apply(self, change: Change) -> None:
        entity = change.entity
        if isinstance(change, Add):
            self._add(change)
        elif isinstance(change, Remove):
            del self.rows[_place(entity)]
        else:
            self.rows[_place(entity)] = replace(entity, version=entity.version + 1)

    def _add(self, change: Add) -> None:
        place, more = _place(change.entity), change.entity
        known = self.rows.get(place)
        figures: dict[str, Any] = {name: getattr(known, name, 0) + getattr(more, name) for name in FIGURES}
        self.rows[place] = replace(more, **figures)


def _by_key(view: View, known: list[tuple[_Place, Any]]) -> Iterator[tuple[str, Any]]:
    return ((sk, entity) for (_, pk, sk), entity in known if pk == view.partition)


def _stands(row: Any, claim: Claim) -> bool:
    return bool(row.intake_date >= claim.since and row.case_id != claim.entity.case_id)


_GONE = object()
