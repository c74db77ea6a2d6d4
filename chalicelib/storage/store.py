"""The database behind the actions' port: reads by key, bounded views; writing is commit.py's."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pynamodb.connection import Connection
from pynamodb.exceptions import DoesNotExist

from chalicelib.actions.ports import Change, Page, View
from chalicelib.domain.errors import NotFound
from chalicelib.storage.codec import Codec
from chalicelib.storage.commit import Committer
from chalicelib.storage.faults import guarded
from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.tables import Row, range_key_of

T = TypeVar("T")
LONGEST_KEY = 512
"""DynamoDB takes 2048 bytes, and answers more with an error that looks like a fault of its own."""


class DynamoStore:
    """The port ``Store`` over DynamoDB."""

    def __init__(self, connection: Connection, codec: Codec) -> None:
        self._codec = codec
        self._connection = connection
        self._committer = Committer(connection, codec)

    @property
    def events(self) -> Any:
        """The hooks of the one client that everything here goes through."""
        return self._connection.client.meta.events

    def find(self, kind: type[T], *key: Any) -> T | None:
        """One consistent read; a shredded row is none."""
        model, (pk, sk) = self._codec.model(kind), LAYOUTS[kind].key(*key)
        if not _possible(pk):
            return None
        try:
            row = guarded(lambda: model.get(pk, sk, consistent_read=True))
        except DoesNotExist:
            return None
        return self._codec.readable(kind, row)

    def get(self, kind: type[T], *key: Any) -> T:
        """Like ``find``; raises NotFound."""
        found = self.find(kind, *key)
        if found is None:
            raise NotFound(kind.__name__.lower())
        return found

    def many(self, kind: type[T], keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], T]:
        """One batched consistent read for up to 100 keys; shredded rows are left out."""
        if not keys:
            return {}
        wanted = {found: key for key in keys if _possible((found := LAYOUTS[kind].key(*key))[0])}
        if not wanted:
            return {}
        model = self._codec.model(kind)
        rows = guarded(lambda: list(model.batch_get(list(wanted), consistent_read=True)))
        readable = ((wanted[(row.pk, row.sk)], self._codec.readable(kind, row)) for row in rows)
        return {key: entity for key, entity in readable if entity is not None}

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        """One query, and for an index one batched read of what it pointed to."""
        model = self._codec.model(view.kind)
        sort = getattr(model, range_key_of(view.index)) if view.index else model.sk
        condition = sort.startswith(view.prefix) if view.prefix else sort <= view.until if view.until else None
        query: Any = (getattr(model, view.index) if view.index else model).query(
            view.partition, condition, limit=limit, last_evaluated_key=dict(cursor) if cursor else None,
            scan_index_forward=not view.newest_first, consistent_read=not view.index,
        )  # fmt: skip
        rows = guarded(lambda: list(query))
        following = query.last_evaluated_key if len(rows) == limit else None
        return Page(self._entities(view, rows), following)

    def _entities(self, view: View, rows: list[Row]) -> tuple[Any, ...]:
        if view.index:
            rows = self._whole(self._codec.model(view.kind), [(row.pk, row.sk) for row in rows])
        found: list[Any] = [self._codec.readable(view.kind, row) for row in rows]
        return tuple(entity for entity in found if entity is not None)

    def _whole(self, model: type[Row], keys: list[tuple[str, str]]) -> list[Row]:
        read = guarded(lambda: list(model.batch_get(keys, consistent_read=True))) if keys else []
        by_key = {(row.pk, row.sk): row for row in read}
        return [by_key[key] for key in keys if key in by_key]

    def commit(self, changes: Sequence[Change]) -> None:
        """All of it or nothing; raises Stale, AlreadyThere or Unavailable."""
        self._committer.commit(changes)


def _possible(pk: str) -> bool:
    """Whether the database could have it: what an address or a form brought may be longer than any key."""
    return len(pk) <= LONGEST_KEY
