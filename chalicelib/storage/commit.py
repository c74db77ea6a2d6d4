"""One transaction: state, audit and what is owed are written together, or not at all."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.actions.ports import Add, AlreadyThere, Change, Claim, Owe, Remove, Save
from chalicelib.domain.errors import Stale, Unavailable
from chalicelib.storage.codec import Codec
from chalicelib.storage.faults import code_of, guarded
from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.tables import FIGURES, Row

RETRIES, FIRST_PAUSE = 5, 0.02
"""A transaction that met another is tried again, after 20 ms doubling with jitter: together well under a second."""
_MET = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
_REFUSED = "ConditionalCheckFailed"


@dataclass(frozen=True)
class _Refusal:
    """Why one change was refused; ``standing`` is the row that was there, where DynamoDB told."""

    code: str
    standing: dict[str, Any] | None


class Committer:
    """Writes changes in one TransactWriteItems."""

    def __init__(self, connection: Connection, codec: Codec) -> None:
        self._connection = connection
        self._codec = codec

    def commit(self, changes: Sequence[Change]) -> None:
        """Messages owed already are left out, meetings with others tried again."""
        todo = without_doubles(changes)
        for attempt in range(RETRIES):
            refused = self._write(todo) if todo else {}
            if not refused:
                return
            if any(refusal.code in _MET for refusal in refused.values()):
                time.sleep(FIRST_PAUSE * 2**attempt * (0.5 + random.random()))
            else:
                todo = self._without_repeats(todo, refused)
        raise Unavailable("too many meetings")

    def _write(self, changes: list[Change]) -> dict[int, _Refusal]:
        """PynamoDB sends checks, deletes, puts, updates in this order: ``places`` says whose reason is whose."""
        transaction = TransactWrite(connection=self._connection)
        places = self._add_guards(transaction, changes)
        for place in (*_places(changes, Remove), *_places(changes, Save, Owe, Claim), *_places(changes, Add)):
            self._add(transaction, changes[place])
            places.append(place)
        try:
            guarded(transaction._commit)
        except TransactWriteError as cancelled:
            return _refusals(places, cancelled)
        return {}

    def _add_guards(self, transaction: TransactWrite, changes: list[Change]) -> list[int]:
        places = []
        for place in _places(changes, Claim):
            claim: Any = changes[place]
            for earlier in claim.months_before:
                row = self._codec.row(earlier)
                transaction.condition_check(type(row), row.pk, row.sk, condition=_gone_or_before(type(row), claim))
                places.append(place)
        return places

    def _add(self, transaction: TransactWrite, change: Change) -> None:
        entity = change.entity
        if isinstance(change, Add):
            self._count(transaction, change)
            return
        row = self._codec.row(entity)
        condition = _gone_or_before(type(row), change) if isinstance(change, Claim) else _unchanged(type(row), entity)
        if isinstance(change, Remove):
            transaction.delete(row, condition=condition)
        else:
            transaction.save(row, condition=condition, return_values="ALL_OLD")

    def _count(self, transaction: TransactWrite, change: Add) -> None:
        layout, model = LAYOUTS[type(change.entity)], self._codec.model(type(change.entity))
        figures = {name: getattr(change.entity, name) for name in FIGURES}
        more = [getattr(model, name).add(value) for name, value in figures.items() if value]
        transaction.update(model(*layout.key(*layout.parts(change.entity))), more)

    def _without_repeats(self, changes: list[Change], refused: dict[int, _Refusal]) -> list[Change]:
        serious = [place for place in refused if not isinstance(changes[place], Owe)]
        if not serious:
            return [change for place, change in enumerate(changes) if place not in refused]
        if not all(_is_new(changes[place]) for place in serious):
            raise Stale
        raise AlreadyThere([self._standing(changes[place], refused[place]) for place in serious])

    def _standing(self, change: Change, refusal: _Refusal) -> Any:
        entity = change.entity
        if refusal.standing is None:
            return next((found for key in _keys(change) if (found := self._read(type(entity), key))), None)
        row = self._codec.model(type(entity))()
        row.deserialize(refusal.standing)
        return self._codec.readable(type(entity), row)

    def _read(self, kind: type, key: tuple[str, str]) -> Any:
        rows = guarded(lambda: list(self._codec.model(kind).batch_get([key], consistent_read=True)))
        return self._codec.readable(kind, rows[0]) if rows else None


def without_doubles(changes: Sequence[Change]) -> list[Change]:
    """One change a row: owing a row twice is owing it once, whatever else is twice is a ValueError."""
    kept: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        layout = LAYOUTS[type(change.entity)]
        place = (layout.table, *layout.key(*layout.parts(change.entity)))
        if place not in kept:
            kept[place] = change
        elif not isinstance(change, Owe):
            raise ValueError(f"two changes of one row of {layout.table}")
    return list(kept.values())


def _places(changes: list[Change], *kinds: type) -> list[int]:
    return [place for place, change in enumerate(changes) if isinstance(change, kinds)]


def _keys(change: Change) -> list[tuple[str, str]]:
    entities = [change.entity, *(change.months_before if isinstance(change, Claim) else ())]
    return [LAYOUTS[type(entity)].key(*LAYOUTS[type(entity)].parts(entity)) for entity in entities]


def _is_new(change: Change) -> bool:
    return isinstance(change, Claim) or (isinstance(change, Save) and change.entity.version == 0)


def _refusals(places: list[int], cancelled: TransactWriteError) -> dict[int, _Refusal]:
    reasons: Sequence[CancellationReason | None] = cancelled.cancellation_reasons
    found = {
        place: _Refusal(reason.code, reason.raw_item)
        for place, reason in zip(places, reasons, strict=False)
        if reason is not None
    }
    others = {refusal.code for refusal in found.values()} - _MET - {_REFUSED}
    if not found or others:
        raise Unavailable(", ".join(sorted(others)) or code_of(cancelled))
    return found


def _gone_or_before(model: type[Row], claim: Any) -> Any:
    free = model.pk.does_not_exist() | (model.last_intake < str(claim.since))
    return free | (model.holder == claim.entity.case_id)


def _unchanged(model: type[Row], entity: Any) -> Any:
    return model.row_version == entity.version if entity.version else model.pk.does_not_exist()
