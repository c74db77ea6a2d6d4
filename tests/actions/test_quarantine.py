"""Quarantine starts, changes, is held: texts and the planned release always belong to the last plan (promise 4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.actions.quarantine import Placement, change_quarantine, hold_case, start_quarantine, unhold_case
from chalicelib.actions.read_history import read_history
from chalicelib.actions.resend_message import resend_message
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Conflict, Invalid, NotInState, NotPermitted
from chalicelib.domain.messages import MessageState
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State
from chalicelib.domain.work import PlannedRelease
from tests.actions.world import COORDINATOR, MORNING, MOTHER, OWN, World, contact, local

TODAY, END = date(2026, 11, 23), date(2026, 12, 7)
NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""23:00 in Chongqing."""


def change(world: World, case_id: str, end: date) -> Case:
    return change_quarantine(world.ports, COORDINATOR, case_id, end, "doctor says", None)


def told(world: World, event: str) -> list[tuple[str, MessageState]]:
    return sorted((m.personal.to, m.state) for m in world.messages(event))


def test_it_starts_today_for_the_points_own_number_of_days(world: World) -> None:
    case = world.case(world.quarantined())
    assert case.quarantine
    assert (case.state, case.quarantine.start_date, case.quarantine.end_date) == (State.IN_QUARANTINE, TODAY, END)
    assert (case.personal.place, case.personal.room) == ("滨江酒店", "1203")
    (planned,) = world.kept(PlannedRelease)
    assert planned.due_at == local(END, 8)
    assert told(world, "quarantine_started") == [(OWN, MessageState.OWED), (MOTHER, MessageState.OWED)]
    assert all("12月7日" in m.personal.body and m.segments == 1 for m in world.messages("quarantine_started"))


@pytest.mark.parametrize(
    "placement",
    [
        Placement("tent", "x"),
        Placement("hotel", "  "),
        Placement("hotel", "x" * 201),
        Placement("hotel", "x", room="y" * 201),
        Placement("hotel", "x", days=0),
        Placement("hotel", "x", days=61),
        Placement("hotel", "x", start_date=TODAY - timedelta(days=4)),
    ],
)
def test_a_placement_that_cannot_be_writes_nothing(world: World, placement: Placement) -> None:
    case_id = world.registered()
    world.received(case_id)
    before = world.case(case_id)
    with pytest.raises(Invalid):
        start_quarantine(world.ports, COORDINATOR, case_id, placement, None)
    assert world.case(case_id) == before


def test_only_who_was_received_begins(world: World) -> None:
    case_id = world.registered()
    with pytest.raises(NotInState):
        start_quarantine(world.ports, COORDINATOR, case_id, Placement("hotel", "x"), None)
    officer = Officer(officer_id="o", desks=frozenset({"onsite"}))
    with pytest.raises(NotPermitted):
        start_quarantine(world.ports, officer, case_id, Placement("hotel", "x"), None)


def test_a_change_cancels_what_was_not_sent_and_tells_the_new_date(world: World) -> None:
    world.clock.now = NIGHT
    case_id = world.quarantined()
    case = change(world, case_id, TODAY + timedelta(days=21))
    assert case.quarantine
    assert (case.quarantine.end_date, case.quarantine.plan) == (date(2026, 12, 14), 2)
    assert {state for _, state in told(world, "quarantine_started")} == {MessageState.CANCELLED}
    assert told(world, "date_changed") == [(OWN, MessageState.OWED), (MOTHER, MessageState.OWED)]
    assert all("12月14日" in m.personal.body for m in world.messages("date_changed"))
    (planned,) = world.kept(PlannedRelease)
    assert planned.due_at == local(date(2026, 12, 14), 8)
    entry = read_history(world.ports, COORDINATOR, case_id).entries[-1]
    assert (entry.verb, entry.facts, entry.personal.facts) == (
        "change", {"from": "2026-12-07", "to": "2026-12-14"}, {"reason": "doctor says"},
    )  # fmt: skip


def test_what_was_taken_back_is_not_sent_again_by_hand(world: World) -> None:
    world.clock.now = NIGHT
    case_id = world.quarantined()
    change(world, case_id, TODAY + timedelta(days=21))
    for text in world.messages("quarantine_started"):
        with pytest.raises(NotInState):
            resend_message(world.ports, COORDINATOR, text.message_id)


def test_a_second_change_cancels_the_first_ones_texts(world: World) -> None:
    world.clock.now = NIGHT
    case_id = world.quarantined()
    change(world, case_id, TODAY + timedelta(days=21))
    change(world, case_id, END)
    states = [m.state for m in world.messages("date_changed")]
    assert sorted(states) == [MessageState.CANCELLED] * 2 + [MessageState.OWED] * 2
    assert len(world.kept(PlannedRelease)) == 1


def test_what_was_sent_stays_sent(world: World) -> None:
    from dataclasses import replace

    from chalicelib.actions.ports import Save

    case_id = world.quarantined()
    for message in world.messages("quarantine_started"):
        world.store.commit([Save(replace(message, state=MessageState.SENT))])
    change(world, case_id, TODAY + timedelta(days=7))
    assert {state for _, state in told(world, "quarantine_started")} == {MessageState.SENT}


def test_changes_that_cannot_be(world: World) -> None:
    case_id = world.quarantined()
    with pytest.raises(Conflict, match="same_end_date"):
        change(world, case_id, END)
    with pytest.raises(Invalid):
        change(world, case_id, TODAY - timedelta(days=1))
    with pytest.raises(Invalid):
        change_quarantine(world.ports, COORDINATOR, case_id, TODAY, "", None)
    with pytest.raises(NotInState):
        change(world, world.registered("E2"), END)


@pytest.mark.parametrize(
    ("hour", "waits"), [(21, timedelta(0)), (23, timedelta(hours=8, minutes=30)), (3, timedelta(hours=4, minutes=30))]
)
def test_family_and_traveller_sleep(world: World, hour: int, waits: timedelta) -> None:
    world.clock.now = local(TODAY, hour)
    world.queue.taken.clear()
    case_id = world.quarantined()
    texts = world.messages("quarantine_started", case_id)
    assert {m.due_at for m in texts} == {world.clock() + waits}
    nudged = {key for kind, key in world.queue.taken if kind == "message"}
    assert ({m.message_id for m in texts} <= nudged) == (waits == timedelta(0)), "what waits is the sweep's"
    assert {m.due_at for m in world.messages("dispatched")} == {world.clock()}, "a departure wakes people"


def test_who_can_only_be_called_is_a_task_and_never_a_silent_skip(world: World) -> None:
    world.quarantined(family_contacts=[contact(reach="call", phone="+862386000000")])
    tasks = world.tasks("call")
    assert sorted(t.event for t in tasks) == ["dispatched", "quarantine_started"]
    assert {(t.desk, t.personal.phone, t.personal.name, t.personal.about) for t in tasks} == {
        ("hotel", "+862386000000", "李华", "李*")
    }
    assert {m.personal.to for m in world.messages("quarantine_started")} == {OWN}


def test_a_number_without_texts_is_a_call(world: World) -> None:
    from dataclasses import replace

    world.ports = replace(world.ports, reaches=lambda phone: phone != OWN)
    world.quarantined()
    assert {t.personal.phone for t in world.tasks("call")} == {OWN}


class TestHold:
    def test_nobody_on_hold_is_released_by_the_calendar(self, world: World) -> None:
        case_id = world.quarantined()
        assert hold_case(world.ports, COORDINATOR, case_id, "unclear test", None).held
        assert world.kept(PlannedRelease) == []
        world.clock.forward(days=20)
        assert world.release_due(world.clock())["released"] == 0
        unhold_case(world.ports, COORDINATOR, case_id, "clear", None)
        assert world.release_due(world.clock())["released"] == 1

    def test_a_change_while_on_hold_plans_nothing(self, world: World) -> None:
        case_id = world.quarantined()
        hold_case(world.ports, COORDINATOR, case_id, "unclear", None)
        change(world, case_id, TODAY + timedelta(days=3))
        assert world.kept(PlannedRelease) == []

    def test_hold_before_quarantine(self, world: World) -> None:
        case_id = world.registered()
        hold_case(world.ports, COORDINATOR, case_id, "unclear", None)
        world.received(case_id)
        start_quarantine(world.ports, COORDINATOR, case_id, Placement("hotel", "x"), None)
        assert world.kept(PlannedRelease) == []
        unhold_case(world.ports, COORDINATOR, case_id, "clear", None)
        assert [p.due_at for p in world.kept(PlannedRelease)] == [local(END, 8)]

    def test_twice_is_a_conflict_and_a_reason_is_needed(self, world: World) -> None:
        case_id = world.registered()
        with pytest.raises(Conflict, match="not_held"):
            unhold_case(world.ports, COORDINATOR, case_id, "r", None)
        with pytest.raises(Invalid):
            hold_case(world.ports, COORDINATOR, case_id, "", None)
        hold_case(world.ports, COORDINATOR, case_id, "r", None)
        with pytest.raises(Conflict, match="already_held"):
            hold_case(world.ports, COORDINATOR, case_id, "r", None)


def test_the_wall_clock_of_these_tests_is_a_morning() -> None:
    assert MORNING.astimezone(UTC).hour == 2
