"""Which flights are drills and whom a drill may text, remembered for half a minute."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from chalicelib.actions.ports import Store, View
from chalicelib.actions.whole_view import every
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.drill import DrillNumbers
from chalicelib.storage.places import REMEMBERED


class RememberedDrills:
    """The port ``Drills`` over the store.

    ``whole``: the stage itself is a drill. ``simulated``: its texts go to the simulator, so any number may get one.
    """

    def __init__(
        self, store: Store, *, whole: bool, simulated: bool, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._whole, self._simulated = whole, simulated
        self._seconds = seconds
        self._known: dict[tuple[Any, ...], tuple[float, frozenset[str]]] = {}

    def is_drill(self, point: str, day: date, flight: str) -> bool:
        """Whether who declares for this flight takes part in a drill."""
        return self._whole or flight in self._remembered((point, day), lambda: self._flights(point, day))

    def reaches(self, point: str, phone: str) -> bool:
        """Whether a drill may text this number."""
        return self._simulated or phone in self._remembered((point,), lambda: self._numbers(point))

    def _remembered(self, key: tuple[Any, ...], read: Callable[[], frozenset[str]]) -> frozenset[str]:
        read_at, known = self._known.get(key, (float("-inf"), frozenset[str]()))
        if self._seconds() - read_at < REMEMBERED:
            return known
        self._known[key] = (self._seconds(), found := read())
        return found

    def _flights(self, point: str, day: date) -> frozenset[str]:
        flights = every(self._store, View(Flight, "", f"flights#{point}#{day}"))
        return frozenset(flight.number for flight in flights if flight.drill)

    def _numbers(self, point: str) -> frozenset[str]:
        known = self._store.find(DrillNumbers, point)
        return frozenset(known.personal.numbers) if known else frozenset()

    def forget(self) -> None:
        """Read again at the next question."""
        self._known.clear()
