"""A line's rate on the real table: workers in threads of their own, each with its own memory."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from threading import Lock

from chalicelib.actions.keep_lines import read_lines
from chalicelib.actions.ports import Ports, Save
from chalicelib.actions.send_message import send_message
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.failures import Accepted
from chalicelib.domain.lines import BURST, Line
from chalicelib.domain.messages import Message, MessageState
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.actions.world import MORNING, World
from tests.domain.cases import message
from tests.wired import fresh, wired

WORKERS, RATE, TEXTS = 6, 20, 240
DAY = MORNING.replace(year=2044)


@dataclass
class Ticking:
    """A clock that everybody's looks move on: a fast day, whatever the machine's pace."""

    step: timedelta = timedelta(milliseconds=5)
    now: datetime = DAY
    lock: Lock = field(default_factory=Lock)

    def __call__(self) -> datetime:
        with self.lock:
            self.now += self.step
            return self.now


class Noting:
    """A provider that notes when."""

    def __init__(self, name: str, clock: Ticking) -> None:
        self.name, self._clock, self._numbers = name, clock, count()
        self.sent: list[tuple[datetime, str]] = []

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Taken."""
        self.sent.append((self._clock.now, message_id))
        return Accepted(f"N{next(self._numbers)}", "queued")

    def find(self, *_: object) -> None:
        """Nobody asks."""


def test_workers_share_the_rate(aws: Stack) -> None:
    here: Wiring = wired(aws)
    world, clock = World(here.store, here.ring), Ticking()
    line = Line(name=f"line-{fresh()}", rate=RATE)
    provider = Noting(line.name, clock)
    base = world.ports
    ports = Ports(**{**vars(base), "clock": clock})
    ids = [fresh(20) for _ in range(TEXTS)]
    for key in ids:
        row = message(message_id=key, created_at=clock.now, due_at=clock.now, sealed_with="CKG#2044-11-23")
        here.store.commit([Save(row)])

    def works(mine: list[str]) -> None:
        board, owed = Switchboard([(line, provider)]), list(mine)
        while owed:
            board.expect(len(owed[:5]))
            owed = [key for key in owed if send_message(ports, board, key) != MessageState.SENT]

    start = clock.now
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(works, [ids[place::WORKERS] for place in range(WORKERS)]))
    times = sorted((at - start).total_seconds() for at, _ in provider.sent)
    assert len(times) == TEXTS
    assert {here.store.get(Message, key).state for key in ids} == {MessageState.SENT}
    for first in range(TEXTS):
        for last in range(first, TEXTS, 7):
            assert last - first + 1 <= RATE * (times[last] - times[first] + BURST) + WORKERS
    assert TEXTS / times[-1] >= 0.95 * RATE or times[-1] <= TEXTS / RATE
    assert read_lines(ports)[line.name].taken_until is not None
