"""The same day on real tables with real threads: fewer orders, and nobody chooses them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from chalicelib.actions.ports import Change, Remove
from chalicelib.domain.messages import Message
from chalicelib.storage.layouts import LAYOUTS
from chalicelib.storage.store import DynamoStore
from chalicelib.wiring import Wiring
from infra.local import stack
from tests.actions.world import MORNING, World
from tests.concurrency import watch
from tests.concurrency.crowd import Crowd
from tests.wired import fresh, wired

DAYS = 20
FAR = MORNING.replace(year=2200, month=3, day=5)
"""Where no other test has people on a day's list, for officers work on everybody there; in no month's first days."""
THREADS = 16


class Threads:
    """Everybody at once; only the draws come from a seed."""

    def __init__(self, pool: ThreadPoolExecutor, seed: int) -> None:
        self._random = Random(seed)
        self._pool = pool
        self._work: list[Future[object]] = []

    def start(self, work: Callable[[], object]) -> None:
        """One more, from now on."""
        self._work.append(self._pool.submit(work))

    def hand_over(self) -> None:
        """The system does that."""

    def draw(self, among: int) -> int:
        """By chance."""
        return self._random.randrange(among)

    def run(self) -> None:
        """Until all have ended; raises what one of them raised."""
        while self._work:
            self._work.pop(0).result()


class Remembering(DynamoStore):
    """The real store, which remembers the key of each row that it wrote, and each version of a message."""

    def __init__(self, real: DynamoStore) -> None:
        vars(self).update(vars(real))
        self._keys: dict[tuple[type, tuple[Any, ...]], None] = {}
        self._versions: dict[tuple[str, int], Message] = {}

    def commit(self, changes: Sequence[Change]) -> None:
        """Remembered when it was done."""
        super().commit(changes)
        for change in changes:
            entity = change.entity
            self._keys[type(entity), LAYOUTS[type(entity)].parts(entity)] = None
            if isinstance(entity, Message) and not isinstance(change, Remove):
                self._versions.setdefault((entity.message_id, entity.version), entity)

    def kept(self, kind: type) -> list[Any]:
        """Read anew."""
        rows: list[Any] = [self.find(kind, *key) for known, key in self._keys if known is kind]
        return [row for row in rows if row is not None]

    @property
    def written(self) -> list[tuple[Any, Any]]:
        """The versions of each message, in order: a condition on each write makes them a line."""
        return [(self._versions.get((i, version - 1)), row) for (i, version), row in sorted(self._versions.items())]


@pytest.fixture(scope="module")
def here() -> Iterator[Wiring]:
    """A stack of its own: what others owe would be swept along, and these days would not come to rest."""
    with stack.resources_only() as aws:
        yield wired(aws)


@pytest.mark.parametrize("seed", range(DAYS))
def test_everybody_at_once(here: Wiring, seed: int) -> None:
    store = Remembering(here.store)
    world = World(store, here.ring)
    world.clock.now = FAR + timedelta(days=seed)
    day = str(world.clock.now.date())
    for _ in range(2):
        world.registered(fresh(), arrival_date=day)
    with ThreadPoolExecutor(THREADS) as pool:
        threads = Threads(pool, seed)
        crowd = Crowd(threads, store, world.ports, world.clock, 2, document_number=fresh(), arrival_date=day)
        crowd.gather()
        threads.run()
        crowd.settle()
    watch.check(crowd)
