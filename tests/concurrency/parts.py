"""The ports of one run: each hands over before and after its work, as a network would give others the time to."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from chalicelib.actions.ports import Change, Page, View
from chalicelib.domain.errors import NotFound
from chalicelib.domain.failures import Accepted, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.memory import MemoryStore
from tests.concurrency.turns import Order, Turns

T = TypeVar("T")
LAG = 4
"""Writes that an index may be behind. Never those of another time of the clock: a minute is longer than any lag."""
Rows = dict[tuple[str, str, str], Any]


class SteppedStore:
    """The store in memory, one call at a time: many rows are not read at once, and indexes tell what was."""

    def __init__(self, turns: Turns, inner: MemoryStore, clock: Callable[[], datetime]) -> None:
        self.inner = inner
        self._turns = turns
        self._clock = clock
        self._past: list[tuple[datetime, Rows]] = []
        self.written: list[tuple[Any, Any]] = []

    def find(self, kind: type[T], *key: object) -> T | None:
        """Consistent, and old as soon as it is there."""
        return self._stepped(lambda: self.inner.find(kind, *key))

    def get(self, kind: type[T], *key: object) -> T:
        """Like ``find``; raises NotFound."""
        found = self.find(kind, *key)
        if found is None:
            raise NotFound(kind.__name__.lower())
        return found

    def many(self, kind: type[T], keys: Sequence[tuple[object, ...]]) -> dict[tuple[object, ...], T]:
        """Each consistent, all of them at no one time: a batch is no transaction."""
        found = {key: self.find(kind, *key) for key in keys}
        return {key: entity for key, entity in found.items() if entity is not None}

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        """An index names keys, perhaps yesterday's; the rows are read afterwards, as they are then."""
        self._turns.hand_over()
        if not view.index:
            return self._stepped(lambda: self.inner.page(view, limit, cursor))
        then = MemoryStore()
        then.rows = self._as_indexed()
        page = then.page(view, limit, cursor)
        now = [self.find(type(row), *LAYOUTS[type(row)].parts(row)) for row in page.items]
        return Page(tuple(row for row in now if row is not None), page.cursor)

    def commit(self, changes: Sequence[Change]) -> None:
        """All of it or nothing, and nobody in between."""
        self._stepped(lambda: self._commit(changes))

    def kept(self, kind: type) -> list[Any]:
        """Every entity of a kind."""
        return [row for row in self.inner.rows.values() if isinstance(row, kind)]

    def _commit(self, changes: Sequence[Change]) -> None:
        before = dict(self.inner.rows)
        self.inner.commit(changes)
        self._past = [*self._past[1 - LAG :], (self._clock(), before)]
        after = self.inner.rows
        self.written += [(before.get(place), row) for place, row in after.items() if before.get(place) is not row]

    def _as_indexed(self) -> Rows:
        fresh = [rows for moment, rows in self._past if moment == self._clock()]
        known = [self.inner.rows, *reversed(fresh)]
        return known[self._turns.draw(len(known))]

    def _stepped(self, work: Callable[[], T]) -> T:
        self._turns.hand_over()
        done = work()
        self._turns.hand_over()
        return done


class SpawningQueue:
    """Each nudge is a worker of its own, as a function is started for a batch."""

    def __init__(self, turns: Order, work: Callable[[str, str], object]) -> None:
        self._turns = turns
        self._work = work

    def nudge(self, kind: str, key: str, delay: int = 0) -> bool:
        """Start a worker; one that comes too early finds nothing due."""
        self._turns.hand_over()
        self._turns.start(lambda: self._work(kind, key))
        self._turns.hand_over()
        return True

    def waiting(self) -> int:
        """Each word has a worker at once."""
        return 0


@dataclass(frozen=True)
class Taken:
    """A text that the provider took; it will go out, whatever its sender learns of it."""

    sid: str
    message_id: str
    to: str
    body: str
    at: datetime


SKEW = timedelta(minutes=1)
"""How far the clocks may be apart that a send and a provider's list are dated by."""
FATES = (("sent", "delivered"), ("delivered", "sent"), ("undelivered",), ("sent", "undelivered"), ("failed", "sent"))
ANSWERS = ("accepted", "accepted", "lost", "busy", "refused")


class Network:
    """A provider whose answers, silences and callbacks are drawn; ``calls_back`` gets each callback when it comes."""

    name = "network"

    def __init__(
        self, turns: Order, clock: Callable[[], datetime], calls_back: Callable[[str, str, str], object]
    ) -> None:
        self._turns = turns
        self._clock = clock
        self._calls_back = calls_back
        self.taken: list[Taken] = []

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Taken, taken without an answer, or not taken."""
        self._turns.hand_over()
        answer = ANSWERS[self._turns.draw(len(ANSWERS))]
        if answer == "busy":
            raise TemporaryFailure("30001")
        if answer == "refused":
            raise PermanentFailure("21614")
        text = self._take(message_id, to, body)
        self._turns.hand_over()
        if answer == "lost":
            raise Unknown("no answer")
        return Accepted(text.sid, "queued")

    def _take(self, message_id: str, to: str, body: str) -> Taken:
        text = Taken(f"SM{len(self.taken) + 1}", message_id, to, body, self._clock())
        self.taken.append(text)
        for status in FATES[self._turns.draw(len(FATES))]:
            self._turns.start(lambda status=status: self._calls_back(message_id, status, text.sid))  # type: ignore[misc]
        return text

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()) -> Accepted | None:
        """The first that reads like it; nobody tells a provider which row it was for."""
        self._turns.hand_over()
        alike = (text for text in self.taken if (text.to, text.body) == (to, body) and text.at >= since - SKEW)
        found = next((text for text in alike if text.sid not in taken), None)
        self._turns.hand_over()
        return Accepted(found.sid, "sent") if found else None
