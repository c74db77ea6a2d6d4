"""One transaction: state, audit and what is owed are written together, or not at all."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, PutError, TransactWriteError

from chalicelib.actions.ports import Add, AlreadyThere, Change, Claim, Owe, Remove, Save
from chalicelib.domain.errors import Stale, Unavailable
from chalicelib.storage import writes
from chalicelib.storage.codec import Codec
from chalicelib.storage.faults import code_of, guarded
from chalicelib.storage.layouts import LAYOUTS

RETRIES, FIRST_PAUSE = 5, 0.02
"""A transaction that met another is tried again, after 20 ms doubling with jitter: together well under a second."""
_MET = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
_REFUSED = "ConditionalCheckFailed"
_TELL = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}


@dataclass(frozen=True)
class _Refusal:
    """Why one change was refused; ``standing`` is the row that was there, where DynamoDB told."""

    code: str
    standing: dict[str, Any] | None


class _PutRefused(Exception):
    """A put was not done: ``code`` is a transaction's word for the same reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Committer:
    """Writes changes in one TransactWriteItems, and one that needs no other in a plain PutItem."""

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
        if len(changes) == 1 and isinstance(changes[0], Save) and changes[0].entity.version:
            return self._write_one(changes[0])
        claims, removals = _places(changes, Claim), _places(changes, Remove)
        puts = _places(changes, Save, Owe, Claim)
        checks = [(place, earlier) for place in claims for earlier in _claim(changes[place]).months_before]
        counts = _places(changes, Add)
        places = [*(place for place, _ in checks), *removals, *puts, *counts]
        try:
            guarded(
                lambda: self._connection.transact_write_items(
                    condition_check_items=[
                        writes.check(self._codec, _claim(changes[place]), earlier) for place, earlier in checks
                    ],
                    delete_items=[writes.removal(self._codec, changes[place].entity) for place in removals],
                    put_items=[{**writes.put(self._codec, changes[place]), **_TELL} for place in puts],
                    update_items=[writes.addition(self._codec, changes[place].entity) for place in counts],
                )
            )
        except TransactWriteError as cancelled:
            return _refusals(places, cancelled)
        return {}

    def _write_one(self, change: Save) -> dict[int, _Refusal]:
        """A row as it was read, alone: a put costs half a transaction's units, and its refusal tells enough."""
        try:
            guarded(lambda: self._dispatched(writes.put(self._codec, change)))
        except _PutRefused as refused:
            return {0: _Refusal(refused.code, None)}
        return {}

    def _dispatched(self, put: dict[str, Any]) -> None:
        try:
            self._connection.dispatch("PutItem", put)
        except ClientError as fault:
            code = fault.response["Error"]["Code"].removesuffix("Exception")
            if code in (_REFUSED, "TransactionConflict"):
                raise _PutRefused(code) from None
            raise PutError(cause=fault) from None

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


def _claim(change: Change) -> Claim:
    assert isinstance(change, Claim)
    return change
