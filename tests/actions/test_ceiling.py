"""A day that has cost enough sends no more: what waits stays owed, one alarm is raised, the coordinator lifts it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.lift_ceiling import lift_ceiling, read_spending
from chalicelib.actions.ports import Change, Save
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.send_message import send_message
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import Invalid, NotFound, NotPermitted, Unavailable
from chalicelib.domain.failures import Accepted, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import Message, MessageState, claimed
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.domain.spending import Lift, Spending, Spent
from chalicelib.storage.memory import MemoryStore
from chalicelib.storage.places import RememberedPlaces
from chalicelib.storage.spending import RememberedSpending
from tests.actions.world import COORDINATOR, YUZHONG, World, local
from tests.domain.cases import message

M = MessageState


@dataclass
class Phones:
    """A provider that takes everything, or does what it is told."""

    outcome: Any = None
    found: Any = None
    taken: list[str] = field(default_factory=list)
    name: str = "phones"

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        if self.outcome:
            raise self.outcome
        self.taken.append(message_id)
        return Accepted(f"S{message_id}", "queued")

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Any = ()) -> Accepted | None:
        return self.found  # type: ignore[no-any-return]


def owe(world: World, number: int, segments: int = 1, event: str = "dispatched") -> str:
    row = message(
        message_id=f"{number:020d}", created_at=world.clock(), due_at=world.clock(), segments=segments, event=event,
        day=local_date(world.clock(), "Asia/Shanghai"),
    )  # fmt: skip
    world.store.commit([Save(row)])
    return row.message_id


def so_far(world: World) -> Spending:
    return read_spending(world.ports, COORDINATOR, world.ports.places.point("CKG"))


def ceiling(world: World, segments: int) -> None:
    world.store.commit([Save(replace(world.store.get(Point, "CKG"), daily_ceiling=segments))])
    world.ports = replace(world.ports, places=RememberedPlaces(world.store, seconds=lambda: 0.0))


def send(world: World, phones: Phones, message_id: str) -> str:
    return send_message(world.ports, phones, message_id)


def state(world: World, message_id: str) -> MessageState:
    return world.store.get(Message, message_id).state


def test_what_went_is_counted_in_segments_and_money(world: World) -> None:
    phones = Phones()
    for number in range(40):
        send(world, phones, owe(world, number, segments=1 + number % 2))
    figures = so_far(world)
    assert (figures.messages, figures.segments) == (40, 60)
    assert figures.price == 60 * world.ports.prices.each("+86139")


@pytest.mark.parametrize(("outcome", "counts"), [
    (PermanentFailure("21614"), 0), (TemporaryFailure("20429"), 0), (Unknown("time-out"), 1),
])  # fmt: skip
def test_what_the_provider_refused_costs_nothing_and_what_it_may_have_taken_does(
    world: World, outcome: Exception, counts: int
) -> None:
    send(world, Phones(outcome), owe(world, 1))
    assert so_far(world).segments == counts


@pytest.mark.parametrize(("found", "counts"), [(None, 0), (Accepted("S1", "delivered"), 1)])
def test_an_unknown_is_counted_once_or_not_at_all_when_the_provider_is_asked(
    world: World, found: Accepted | None, counts: int
) -> None:
    message_id = owe(world, 1)
    send(world, Phones(Unknown("time-out")), message_id)
    world.clock.forward(minutes=3)
    send(world, Phones(found=found), message_id)
    assert so_far(world).segments == counts


def test_a_callback_before_our_own_word_is_counted_and_a_later_one_is_not(world: World) -> None:
    message_id = owe(world, 1)
    claim = claimed(world.store.get(Message, message_id), "lease", world.clock())
    world.store.commit([Save(claim)])
    for status in ("sent", "delivered"):
        record_receipt(world.ports, message_id, status, "S1", "")
    assert so_far(world).segments == 1


def test_at_the_ceiling_texts_wait_and_one_alarm_is_raised(world: World) -> None:
    ceiling(world, 3)
    phones, ids = Phones(), [owe(world, number) for number in range(6)]
    states = [send(world, phones, message_id) for message_id in ids]
    assert states == ["sent"] * 3 + ["owed"] * 3
    assert len(phones.taken) == 3
    waiting = world.store.get(Message, ids[5])
    assert (waiting.code, waiting.due_at) == ("ceiling", world.clock() + timedelta(minutes=10))
    assert [(task.desk, task.kind) for task in world.tasks("ceiling")] == [("coordination", "ceiling")]
    assert so_far(world).segments == 3


def test_a_text_that_would_go_over_waits_and_a_shorter_one_goes(world: World) -> None:
    ceiling(world, 2)
    phones = Phones()
    assert send(world, phones, owe(world, 1, segments=3)) == M.OWED
    assert send(world, phones, owe(world, 2, segments=2)) == M.SENT


def test_lifted_by_the_coordinator_it_goes_on_and_alarms_anew(world: World) -> None:
    ceiling(world, 1)
    phones, ids = Phones(), [owe(world, number) for number in range(3)]
    for message_id in ids:
        send(world, phones, message_id)
    figures = lift_ceiling(world.ports, COORDINATOR, world.ports.places.point("CKG"), 1, "two flights late")
    assert (figures.lifted, figures.ceiling(1)) == (1, 2)
    world.clock.forward(minutes=10)
    assert [send(world, phones, message_id) for message_id in ids[1:]] == ["sent", "owed"]
    assert len(world.tasks("ceiling")) == 2
    (lift,) = world.kept(Lift)
    assert (lift.officer, lift.segments, lift.personal.reason) == ("coordinator", 1, "two flights late")


def test_the_next_day_starts_anew(world: World) -> None:
    ceiling(world, 1)
    phones, today = Phones(), local_date(world.clock(), "Asia/Shanghai")
    world.clock.now = local(today, 23, 50)
    first, second = owe(world, 1), owe(world, 2)
    assert [send(world, phones, first), send(world, phones, second)] == ["sent", "owed"]
    world.clock.forward(minutes=10)
    assert send(world, phones, second) == M.SENT
    assert so_far(world).segments == 1


def test_what_waited_past_its_use_is_a_call_for_somebody(world: World) -> None:
    ceiling(world, 1)
    phones = Phones()
    send(world, phones, owe(world, 1))
    late = owe(world, 2)
    world.clock.forward(hours=3, minutes=55)
    assert send(world, phones, late) == M.FAILED
    assert [task.kind for task in world.tasks()] == ["ceiling", "undeliverable"]


def test_who_may_lift_it_and_by_how_much(world: World) -> None:
    point = world.ports.places.point("CKG")
    for desk in ("hotel", "admin", "report"):
        with pytest.raises(NotPermitted):
            lift_ceiling(world.ports, Officer(officer_id="x", desks=frozenset({desk})), point, 1, "x")
    for segments, reason in ((0, "x"), (10**7, "x"), (1, " ")):
        with pytest.raises(Invalid):
            lift_ceiling(world.ports, COORDINATOR, point, segments, reason)
    with pytest.raises(NotPermitted):
        read_spending(world.ports, YUZHONG, point)
    both = Officer(officer_id="x", desks=frozenset({"district", "report"}), district="yuzhong")
    with pytest.raises(NotFound):
        read_spending(world.ports, both, point)


def test_what_cannot_be_written_down_now_is_kept_for_the_next_time(world: World) -> None:
    class Away(MemoryStore):
        away = True

        def commit(self, changes: Sequence[Change]) -> None:
            if self.away:
                raise Unavailable("away")
            super().commit(changes)

    store, day = Away(), local_date(world.clock(), "Asia/Shanghai")
    spending = RememberedSpending(store, seconds=lambda: 0.0)
    spending.note(Spent(point="CKG", day=day, shard="01", messages=1, segments=2, micros=3))
    spending.flush()
    assert (store.rows, spending.of("CKG", day).segments) == ({}, 2)
    store.away = False
    spending.note(Spent(point="CKG", day=day, shard="02", messages=1, segments=5, micros=3))
    spending.flush()
    spending.flush()
    spending.forget()
    assert spending.of("CKG", day) == Spending(messages=2, segments=7, micros=6)
    assert len(store.rows) == 1


def test_what_one_process_spent_counts_for_its_own_ceiling_before_it_is_written_down(world: World) -> None:
    ceiling(world, 2)
    phones = Phones()
    assert [send(world, phones, owe(world, number)) for number in range(3)] == ["sent", "sent", "owed"]
    assert world.kept(Spent) == []
