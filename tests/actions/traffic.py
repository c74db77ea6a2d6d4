"""Simulated traffic: a queue with delays, workers that each have a switchboard, and a sweep every minute."""

import heapq
import itertools
from collections import Counter as Counts
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from chalicelib.actions.carriers import Provider
from chalicelib.actions.ports import Ports, Save
from chalicelib.actions.send_message import send_message
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.failures import Accepted, SendingFailure
from chalicelib.domain.lines import Line
from chalicelib.domain.messages import Addressed, Message
from chalicelib.storage.layouts import due_shards, stamp
from tests.actions.world import MORNING, Clock, World
from tests.domain.cases import message

BATCH = 5


class Later:
    """The port ``Queue`` under a clock that is set; words come out when they are due."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._order = clock, itertools.count()
        self._words: list[tuple[datetime, int, str]] = []

    def nudge(self, kind: str, key: str, delay: int = 0) -> bool:
        """Messages only."""
        if kind == "message":
            heapq.heappush(self._words, (self._clock.now + timedelta(seconds=delay), next(self._order), key))
        return True

    def waiting(self) -> int:
        """Those that nobody has taken yet."""
        return sum(due <= self._clock.now for due, _, _ in self._words)

    def __len__(self) -> int:
        return len(self._words)

    def clear(self) -> None:
        """Forget every word; the sweep finds the rows."""
        self._words.clear()

    def taken(self) -> str | None:
        """The next that is due."""
        if self._words and self._words[0][0] <= self._clock.now:
            return heapq.heappop(self._words)[2]
        return None


@dataclass
class Counter:
    """A provider that notes who came when, and fails as it is told."""

    clock: Clock
    name: str = "twilio"
    fails: Callable[[str], SendingFailure | None] = lambda _: None

    def __post_init__(self) -> None:
        self.sent: list[tuple[datetime, str]] = []
        self.tried: list[tuple[datetime, str]] = []

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Note it."""
        self.tried.append((self.clock.now, message_id))
        failure = self.fails(to)
        if failure is not None:
            raise failure
        self.sent.append((self.clock.now, message_id))
        return Accepted(f"{self.name}-{len(self.sent)}", "queued")

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: object = ()) -> Accepted | None:
        """What it noted."""
        return next((Accepted("found", "sent") for _, sent in self.sent if sent == message_id), None)


class Traffic:
    """``workers`` processes over one store; each second, every word that is due is worked off in turn."""

    def __init__(self, lines: Iterable[tuple[Line, Provider]], clock: Clock, workers: int = 5) -> None:
        self.world, self.clock = World(), clock
        self.world.clock = clock
        self.queue = Later(clock)
        self.ports: Ports = replace(self.world.ports, queue=self.queue, clock=clock)
        self.staff(lines, workers)

    def staff(self, lines: Iterable[tuple[Line, Provider]], workers: int = 5) -> None:
        """Workers that start anew with these lines."""
        known, draw = list(lines), Random(1).random
        self.boards = itertools.cycle([Switchboard(known, draw) for _ in range(workers)])

    def owe(self, number: int, event: str, **changes: object) -> list[str]:
        """Rows that are due now, and of which nobody was told."""
        ids = [f"{event}-{place}-{self.clock.now.timestamp():.0f}" for place in range(number)]
        for message_id in ids:
            row = message(
                message_id=message_id, event=event, created_at=self.clock.now, due_at=self.clock.now, **changes
            )
            self.ports.store.commit([Save(row)])
        return ids

    def run(self, seconds: int, *, step: float = 0.25, each: Callable[[int], object] = lambda _: None) -> None:
        """Let time pass, with a sweep at every full minute."""
        start = self.clock.now
        for tick in range(int(seconds / step)):
            self.clock.now = start + timedelta(seconds=tick * step)
            if (self.clock.now - MORNING).total_seconds() % 60 == 0:
                self.sweep()
            each(tick)
            self.work()
        self.clock.now = start + timedelta(seconds=seconds)

    def work(self) -> None:
        """Every word that is due, in batches as the queue gives them."""
        while batch := [key for _ in range(BATCH) if (key := self.queue.taken()) is not None]:
            board = next(self.boards)
            board.expect(len(batch))
            for key in batch:
                send_message(self.ports, board, key)

    def sweep(self) -> None:
        """As its schedule does."""
        sweep_owed(self.ports, {"message": due_shards("message")}, stamp(self.clock.now))


def to(number: str) -> Addressed:
    """Somebody at another number."""
    return Addressed(number, "", "text")


def states(traffic: Traffic) -> Counts[str]:
    """How many texts are in which state."""
    return Counts(str(row.state) for row in traffic.world.kept(Message))
