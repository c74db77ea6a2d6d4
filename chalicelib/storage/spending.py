"""A day's figures, remembered for a moment: looking at the ceiling costs a text nothing."""

import random
import time
from collections.abc import Callable
from datetime import date
from threading import Lock

from chalicelib.actions.ports import Add, Store, View
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.spending import SHARDS, Spending, Spent

REMEMBERED = 2.0
"""Seconds: what all workers send within them may go over a ceiling."""


class RememberedSpending:
    """The port ``Spendings`` over the store: one query for a point and day, however many its messages are."""

    def __init__(self, store: Store, seconds: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._seconds = seconds
        self._lock = Lock()
        self._noted: dict[tuple[str, date], Spending] = {}
        self._known: dict[tuple[str, date], tuple[float, Spending]] = {}

    def of(self, point: str, day: date) -> Spending:
        """The day so far."""
        read_at, known = self._known.get((point, day), (float("-inf"), Spending()))
        mine = self._noted.get((point, day), Spending())
        if self._seconds() - read_at < REMEMBERED:
            return known.and_also(mine)
        total = Spending()
        for row in self._store.page(View(Spent, "", f"spent#{point}#{day}"), SHARDS + 2).items:
            total = total.plus(row)
        self._known[point, day] = (self._seconds(), total)
        return total.and_also(mine)

    def note(self, row: Spent) -> None:
        """Kept in this process until it is flushed; dying before that, it counted a batch too little."""
        with self._lock:
            self._noted[row.point, row.day] = self._noted.get((row.point, row.day), Spending()).plus(row)

    def flush(self) -> None:
        """One addition for each point and day, whatever was noted."""
        with self._lock:
            noted, self._noted = self._noted, {}
        for (point, day), spent in noted.items():
            row = Spent(
                point=point, day=day, shard=f"{random.randrange(SHARDS):02d}", messages=spent.messages,
                segments=spent.segments, micros=spent.micros,
            )  # fmt: skip
            if spent != Spending():
                self._added(row)

    def _added(self, row: Spent) -> None:
        try:
            self._store.commit([Add(row)])
        except Unavailable:
            self.note(row)
            return
        read_at, known = self._known.get((row.point, row.day), (float("-inf"), Spending()))
        self._known[row.point, row.day] = (read_at, known.plus(row))

    def forget(self) -> None:
        """Read again at the next question."""
        self._known.clear()
