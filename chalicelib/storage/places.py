"""Reference data, remembered for half a minute: a declaration reads nothing before it writes."""

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from chalicelib.actions.ports import Store, View
from chalicelib.actions.whole_view import every
from chalicelib.domain.errors import NotFound
from chalicelib.domain.places import District, Point

T = TypeVar("T")
REMEMBERED = 30.0
"""Seconds until a change of reference data is seen by every process."""


class RememberedPlaces:
    """The port ``Places`` over the store."""

    def __init__(self, store: Store, seconds: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._seconds = seconds
        self._known: dict[type, tuple[float, Mapping[str, Any]]] = {}

    def point(self, point: str) -> Point:
        """A point of entry; raises NotFound."""
        return _one(self.points(), point, "point")

    def district(self, district: str) -> District:
        """A district; raises NotFound."""
        return _one(self.districts(), district, "district")

    def points(self) -> Mapping[str, Point]:
        """All points of entry by id."""
        return self._remembered(Point, "points", lambda entity: entity.point)

    def districts(self) -> Mapping[str, District]:
        """All districts by id."""
        return self._remembered(District, "districts", lambda entity: entity.district)

    def _remembered(self, kind: type, partition: str, key: Callable[[Any], str]) -> Mapping[str, Any]:
        read_at, known = self._known.get(kind, (float("-inf"), {}))
        if self._seconds() - read_at < REMEMBERED:
            return known
        # Without a lock: while the database is silent nobody waits for those who wait already.
        known = {key(entity): entity for entity in every(self._store, View(kind, "", partition))}
        if known:  # an empty stage is one that is being filled
            self._known[kind] = (self._seconds(), known)
        return known

    def forget(self) -> None:
        """Read again at the next question: this process just changed something."""
        self._known.clear()


def _one(known: Mapping[str, T], key: str, kind: str) -> T:
    if key not in known:
        raise NotFound(kind)
    return known[key]
