"""A district that does not answer: its next contact after ten minutes, the coordinator after twenty, each once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.escalate_handover import escalate_handover
from chalicelib.actions.ports import Change, Save
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.handover import Escalation, HandoverCode, code_of
from chalicelib.domain.places import Contact, Contacts, Coordinator, Duty, Point
from chalicelib.storage.layouts import due_shards, stamp
from tests.actions.world import COORDINATOR, World

FIRST = Contact(name="first", phone="+8613800500101")
SECOND = Contact(name="second", phone="+8613800500102", deputy=True)
LAST = Contact(name="", phone="+8613800500109")
DUTY_PHONE = "+8613800500200"


@pytest.fixture
def on_the_road(world: World) -> tuple[World, str, str]:
    """A vehicle that left, its only traveller, and a district with a deputy, a fallback and a coordinator."""
    world.change_district("yuzhong", personal=Contacts((FIRST, SECOND), LAST))
    point = world.store.get(Point, "CKG")
    world.store.commit([Save(replace(point, personal=Coordinator(DUTY_PHONE, "en")))])
    case_id = world.registered()
    return world, world.departed(case_id), case_id


def swept(world: World) -> int:
    """One minute's sweep and the work that it asks for."""
    before = len(world.queue.taken)
    found = sweep_owed(world.ports, {"escalation": due_shards("escalation")}, stamp(world.clock()))
    for kind, key in world.queue.taken[before:]:
        work_off(world.ports, None, kind, key)  # type: ignore[arg-type]
    return found["escalation"]


def told(world: World) -> list[tuple[str, str]]:
    return [(m.audience, m.personal.to) for m in world.messages("unacknowledged")]


def alarms(world: World, kind: str = "unacknowledged") -> list[tuple[str, bool]]:
    return [(task.desk, task.done_at is None) for task in world.tasks(kind)]


def test_each_step_comes_in_its_minute_and_once(on_the_road: tuple[World, str, str]) -> None:
    world, _, _ = on_the_road
    seen = []
    for minute in range(1, 31):
        world.clock.forward(minutes=1)
        swept(world)
        seen.append((minute, len(told(world)), len(alarms(world))))
    assert [entry for entry in seen if entry[0] in (9, 10, 19, 20, 30)] == [
        (9, 0, 0), (10, 1, 0), (19, 1, 0), (20, 2, 1), (30, 2, 1),
    ]  # fmt: skip
    assert told(world) == [("district", SECOND.phone), ("coordinator", DUTY_PHONE)]
    assert alarms(world) == [("coordination", True)]
    assert all(message.segments == 1 for message in world.messages("unacknowledged"))


def test_the_text_says_code_and_heads(on_the_road: tuple[World, str, str]) -> None:
    world, dispatch_id, _ = on_the_road
    world.clock.forward(minutes=10)
    swept(world)
    (message,) = world.messages("unacknowledged")
    assert world.store.get(Dispatch, dispatch_id).code in message.personal.body
    assert message.dispatch_id == dispatch_id


def test_a_step_asked_for_twice_is_done_once_and_no_later_one_early(on_the_road: tuple[World, str, str]) -> None:
    world, dispatch_id, _ = on_the_road
    world.clock.forward(minutes=10)
    assert [escalate_handover(world.ports, dispatch_id, "departed", "next_contact") for _ in range(3)] == [
        True, False, False,
    ]  # fmt: skip
    assert (len(told(world)), alarms(world)) == (1, [])


def test_a_standstill_is_caught_up(on_the_road: tuple[World, str, str]) -> None:
    world, _, _ = on_the_road
    world.clock.forward(hours=1)
    assert [swept(world) for _ in range(3)] == [1, 1, 0]
    assert len(told(world)) == 2


def test_arrival_starts_the_clock_anew(on_the_road: tuple[World, str, str]) -> None:
    world, dispatch_id, case_id = on_the_road
    world.clock.forward(minutes=8)
    arrive_dispatch(world.ports, COORDINATOR, dispatch_id, (case_id,))
    world.clock.forward(minutes=5)
    arrive_dispatch(world.ports, COORDINATOR, dispatch_id, (case_id,))
    swept(world)
    assert told(world) == [], "counted again is no new clock, and the road's is over"
    world.clock.forward(minutes=5)
    swept(world)
    assert told(world) == [("district", SECOND.phone)]


def test_who_acknowledged_is_asked_no_more(on_the_road: tuple[World, str, str]) -> None:
    world, dispatch_id, case_id = on_the_road
    arrive_dispatch(world.ports, COORDINATOR, dispatch_id, (case_id,))
    acknowledge_handover(world.ports, COORDINATOR, dispatch_id)
    world.clock.forward(hours=7)
    assert [swept(world) for _ in range(2)] == [2, 0]
    assert (told(world), alarms(world), alarms(world, "overdue")) == ([], [], [])


def test_an_acknowledgement_ticks_the_coordinators_tasks_off(on_the_road: tuple[World, str, str]) -> None:
    world, dispatch_id, case_id = on_the_road
    world.clock.forward(minutes=20)
    for _ in range(2):
        swept(world)
    assert alarms(world) == [("coordination", True)]
    world.handed_over(dispatch_id, case_id)
    world.settle(dispatch_id, "acknowledged")
    assert alarms(world) == [("coordination", False)]


@pytest.mark.parametrize("first", ["the alarm", "the acknowledgement"])
def test_an_alarm_that_rings_while_the_district_answers_stays_with_nobody(
    on_the_road: tuple[World, str, str], first: str
) -> None:
    """The worker has read the clock and the vehicle, and is about to write, when the district hands over."""
    world, dispatch_id, case_id = on_the_road
    world.clock.forward(minutes=20)
    swept(world)
    moments: list[Callable[[], object]] = [
        lambda: world.handed_over(dispatch_id, case_id), lambda: world.settle(dispatch_id, "acknowledged"),
    ]  # fmt: skip

    class Between:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.store, name)

        def commit(self, changes: Sequence[Change]) -> None:
            while moments and (first == "the acknowledgement" or len(moments) > 1):
                moments.pop(0)()
            world.store.commit(changes)

    rang = escalate_handover(replace(world.ports, store=Between()), dispatch_id, "departed", "coordinator")
    while moments:
        moments.pop(0)()
    assert rang is (first == "the alarm")
    assert [open_still for _, open_still in alarms(world)] == ([False] if rang else [])


def test_a_vehicle_that_never_arrives_is_a_task(on_the_road: tuple[World, str, str]) -> None:
    world, _, _ = on_the_road
    world.clock.forward(hours=6)
    for _ in range(4):
        swept(world)
    assert alarms(world, "overdue") == [("coordination", True)]


def test_a_district_with_one_contact_hears_twice(world: World) -> None:
    world.change_district("yuzhong", personal=Contacts((FIRST,)))
    world.departed(world.registered())
    world.clock.forward(minutes=10)
    swept(world)
    assert told(world) == [("district", FIRST.phone)]


def test_a_district_with_nobody_is_the_coordinators_at_once(world: World) -> None:
    asleep = replace(FIRST, duty=(Duty("20:00", "21:00"),))
    world.change_district("yuzhong", personal=Contacts((asleep,)))
    world.departed(world.registered())
    world.clock.forward(minutes=10)
    swept(world)
    assert (told(world), alarms(world)) == ([], [("coordination", True)])
    world.clock.forward(minutes=10)
    swept(world)
    assert len(alarms(world)) == 1


def test_a_contact_who_can_only_be_called_is_a_task(world: World) -> None:
    called = replace(SECOND, reach="call")
    world.change_district("yuzhong", personal=Contacts((FIRST, called)))
    world.departed(world.registered())
    world.clock.forward(minutes=10)
    swept(world)
    assert [(task.desk, task.event, task.personal.phone) for task in world.tasks("call")] == [
        ("coordination", "unacknowledged", SECOND.phone)
    ]


def test_the_fallback_number_gets_the_digest_and_the_desk_a_task(world: World) -> None:
    asleep = replace(FIRST, duty=(Duty("20:00", "21:00"),))
    world.change_district("yuzhong", personal=Contacts((asleep,), LAST))
    world.departed(world.registered())
    assert [m.personal.to for m in world.messages("dispatched")] == [LAST.phone]
    assert [task.desk for task in world.tasks("nobody_on_duty")] == ["coordination"]


def test_two_vehicles_of_a_district_never_share_a_code(world: World) -> None:
    first = world.store.get(Dispatch, world.departed(world.registered("E1"), key="1"))
    opened = world.opened(world.registered("E2"), key="2")
    secret = world.ports.digests.digest(f"{opened.date:%Y-%m}", "hand-over", f"{opened.dispatch_id}#0")
    taken = HandoverCode(
        district="yuzhong", code=code_of(secret), dispatch_id=first.dispatch_id, expires_at=2_000_000_000
    )
    world.store.commit([Save(taken)])
    board_traveller(world.ports, COORDINATOR, opened.dispatch_id, opened.roster[0].case_id)
    second = depart_dispatch(world.ports, COORDINATOR, opened.dispatch_id)
    assert second.code != taken.code
    assert world.store.get(HandoverCode, "yuzhong", second.code).dispatch_id == second.dispatch_id
    assert second.code in world.messages("dispatched")[-1].personal.body


def test_a_vehicle_whose_day_is_shredded_is_let_go(world: World) -> None:
    row = Escalation(
        dispatch_id="gone", stage="departed", since=world.clock(), step="next_contact",  # type: ignore[arg-type]
        due_at=world.clock() - timedelta(minutes=1),
    )  # fmt: skip
    world.store.commit([Save(row)])
    assert (swept(world), swept(world)) == (1, 0)
