"""A day's figures, remembered for a moment: looking at the ceiling costs a text nothing."""

import time
from collections.abc import Callable
from datetime import date

from chalicelib.actions.ports import Store, View
from chalicelib.domain.spending import SHARDS, Spending, Spent

REMEMBERED = 2.0
"""Seconds: what all workers send within them may go over a ceiling."""


class RememberedSpending:
    """The port ``Spendings`` over the store: one query for a point and day, however many its messages are."""

    def __init__(self, store: Store, seconds: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._seconds = seconds
        self._known: dict[tuple[str, date], tuple[float, Spending]] = {}

    def of(self, point: str, day: date) -> Spending:
        """The day so far."""
        read_at, known = self._known.get((point, day), (float("-inf"), Spending()))
        if self._seconds() - read_at < REMEMBERED:
            return known
        total = Spending()
        for row in self._store.page(View(Spent, "", f"spent#{point}#{day}"), SHARDS + 2).items:
            total = total.plus(row)
        self._known[point, day] = (self._seconds(), total)
        return total

    def note(self, row: Spent) -> None:
        """What this process has just added itself: it need not be read to be known."""
        read_at, known = self._known.get((row.point, row.day), (float("-inf"), Spending()))
        self._known[row.point, row.day] = (read_at, known.plus(row))

    def forget(self) -> None:
        """Read again at the next question."""
        self._known.clear()
