"""Lines that are taken out, that keep no list, and what a healthy one costs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

import pytest

from chalicelib.actions.keep_lines import read_lines
from chalicelib.actions.ports import Change, Page, Save, View
from chalicelib.actions.send_message import send_message
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.failures import NobodyToAsk, SendingFailure, Unknown
from chalicelib.domain.lines import Line
from chalicelib.domain.messages import LEASE, Message, MessageState, end_of_use
from chalicelib.messaging.sns_provider import PATIENCE
from chalicelib.storage.memory import MemoryStore
from tests.actions.traffic import Counter, Traffic, states
from tests.actions.world import Clock, World
from tests.domain.cases import message

M = MessageState

T = TypeVar("T")


class TestTakenOut:
    def swept(self, traffic: Traffic) -> int:
        waited = len(traffic.queue)
        traffic.sweep()
        return len(traffic.queue) - waited

    def test_the_sweep_counts_on_no_line_that_was_taken_out_and_on_one_that_is_back(self, clock: Clock) -> None:
        lines = [(Line(name=name, rate=rate), Counter(clock, name)) for name, rate in (("one", 1.0), ("two", 9.0))]
        traffic = Traffic(lines, clock)
        for key in traffic.owe(100, "dispatched"):
            traffic.queue.nudge("message", key)
        traffic.run(60)
        for known, carried in ((lines[:1], 60), (lines, 600)):
            traffic.staff(known)
            traffic.queue.clear()
            (key,) = traffic.owe(1, "quarantine_started")
            assert send_message(traffic.ports, next(traffic.boards), key) == M.SENT
            traffic.owe(700, "dispatched")
            assert self.swept(traffic) == carried
            clock.now += timedelta(minutes=2)

    def test_who_sends_one_text_by_hand_takes_no_line_out(self, clock: Clock) -> None:
        traffic = Traffic([(Line(name="one", rate=1.0), Counter(clock, "one"))], clock)
        ids = traffic.owe(2, "dispatched")
        send_message(traffic.ports, next(traffic.boards), ids[0])
        send_message(traffic.ports, Counter(clock, "two"), ids[1])
        assert {name: line.taken_out for name, line in read_lines(traffic.ports).items()} == {"one": False}


class Deaf(Counter):
    """Nobody can ask it."""

    def find(self, message_id: str, to: str, body: str, since: object, taken: object = ()) -> None:
        """Nothing is known."""
        raise NobodyToAsk(PATIENCE)


class TestNobodyToAsk:
    @pytest.mark.parametrize("died", [False, True])
    def test_silence_is_left_alone_repeated_once_and_then_called(self, clock: Clock, died: bool) -> None:
        provider = Deaf(clock, "sns", fails=lambda _: Unknown("no_answer_in_time"))
        traffic = Traffic([(Line(name="sns", rate=20), provider)], clock)
        (key,) = traffic.owe(1, "quarantine_started")
        if died:
            provider.fails = self.dies
            with pytest.raises(KeyboardInterrupt):
                send_message(traffic.ports, next(traffic.boards), key)
            provider.fails = lambda _: Unknown("no_answer_in_time")
            clock.now += LEASE
        start = clock.now
        traffic.queue.nudge("message", key)
        traffic.run(60 * 60)
        times = [at for at, _ in provider.tried]
        assert len(times) == 2
        assert times[1] - times[0] >= PATIENCE
        assert states(traffic) == {"failed": 1}
        assert len(traffic.world.tasks("undeliverable")) == 1
        assert clock.now - start <= end_of_use(traffic.ports.store.get(Message, key)) - start

    @staticmethod
    def dies(_: str) -> SendingFailure:
        raise KeyboardInterrupt

    def test_a_line_that_is_gone_leaves_its_texts_to_a_call(self, clock: Clock) -> None:
        traffic = Traffic([(Line(name="twilio", rate=20), Counter(clock))], clock)
        row = message(message_id="old", state=M.UNKNOWN, provider="pigeon", created_at=clock.now, due_at=clock.now)
        traffic.ports.store.commit([Save(row)])
        traffic.run(4 * 3600 + 300, step=1)
        assert states(traffic) == {"failed": 1}


class Calls(MemoryStore):
    """Counts what goes to the database."""

    made = 0

    def find(self, kind: type[T], *key: Any) -> T | None:
        self.made += 1
        return super().find(kind, *key)

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        self.made += 1
        return super().page(view, limit, cursor)

    def commit(self, changes: Sequence[Change]) -> None:
        self.made += 1
        super().commit(changes)


@pytest.mark.parametrize("two", [False, True])
def test_a_healthy_line_costs_hardly_any_call(clock: Clock, two: bool) -> None:
    store, texts = Calls(), 500
    world = World(store)
    world.clock = clock
    lines = [(Line(name=name, rate=100), Counter(clock, name)) for name in ("one", "two")[: 1 + two]]
    draws = count()
    board = Switchboard(lines, lambda: next(draws) * 0.37 % 1)
    for place in range(texts):
        store.commit([Save(message(message_id=f"{place}", created_at=clock.now, due_at=clock.now))])
    store.made = 0
    ports = world.ports.__class__(**{**vars(world.ports), "clock": clock})
    for place in range(texts):
        if place % 5 == 0:
            board.expect(5)
        assert send_message(ports, board, str(place)) == M.SENT
        clock.now += timedelta(milliseconds=20)
    bare = 4 * texts  # found, claimed, read again, marked
    assert store.made - bare <= 0.45 * texts
