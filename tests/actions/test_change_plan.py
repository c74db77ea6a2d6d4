"""A departed vehicle's plan changes: whoever was told before is corrected, and nobody else hears anything."""

import pytest

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.desk_tasks import do_task
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch
from chalicelib.actions.read_history import read_history
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.errors import NotFound
from chalicelib.domain.messages import MessageState
from chalicelib.domain.places import Contact, Contacts
from chalicelib.domain.states import State
from chalicelib.storage.memory import MemoryStore
from tests.actions.aboard import seen, three
from tests.actions.road import BREAKDOWN, TO_JIANGBEI, M, become, changed, everybody, left, on_the_road, told
from tests.actions.world import COORDINATOR, JIANGBEI, MOTHER, OWN, YUZHONG, World, contact, daughter


@pytest.mark.parametrize("state", [M.SENDING, M.UNKNOWN, M.SENT, M.DELIVERED])
def test_a_breakdown_is_told_to_whoever_was_told_of_the_departure(world: World, state: MessageState) -> None:
    dispatch_id = on_the_road(world, world.registered(), state=state)
    after = changed(world, dispatch_id, BREAKDOWN)
    assert (after.state, after.changes, after.plan) == (DispatchState.DEPARTED, 1, 1)
    assert told(world, "plan_changed") == everybody()
    assert told(world, "dispatched") == everybody()
    assert {m.dispatch_id for m in world.messages("plan_changed")} == {dispatch_id}
    assert {m.segments for m in world.messages("plan_changed")} == {1}


def test_what_is_still_owed_is_taken_back_and_told_anew(world: World) -> None:
    dispatch_id = on_the_road(world, world.registered(), state=None)
    changed(world, dispatch_id, TO_JIANGBEI)
    assert told(world, "plan_changed") == []
    by_state = {(m.audience, m.state) for m in world.messages("dispatched")}
    assert by_state == {(who, s) for who in ("family", "traveller", "district") for s in (M.CANCELLED, M.OWED)}
    fresh = [m for m in world.messages("dispatched") if m.state == M.OWED]
    assert all("江北" in m.personal.body for m in fresh)
    assert len(fresh) == 3


@pytest.mark.parametrize("state", [M.FAILED, M.UNDELIVERED])
def test_who_was_not_reached_by_text_is_called_with_the_correction_too(world: World, state: MessageState) -> None:
    dispatch_id = on_the_road(world, world.registered(), state=state)
    changed(world, dispatch_id, BREAKDOWN)
    assert told(world, "plan_changed") == []
    calls = [(task.event, task.personal.phone) for task in world.tasks("call")]
    assert sorted(calls) == sorted(("plan_changed", to) for _, to in everybody())


def test_a_text_that_was_taken_back_is_not_corrected(world: World) -> None:
    dispatch_id = on_the_road(world, world.registered(), state=M.CANCELLED)
    changed(world, dispatch_id, BREAKDOWN)
    assert world.messages("plan_changed") == []


def test_nobody_hears_of_a_change_who_did_not_hear_of_the_departure(world: World) -> None:
    case_id = world.registered(family_contacts=[contact(), contact("+8613900139009")])
    dispatch_id = on_the_road(world, case_id)
    newcomer = next(m for m in world.messages() if m.personal.to == "+8613900139009")
    assert isinstance(world.store, MemoryStore)
    del world.store.rows["owed", f"message#{newcomer.message_id}", "-"]
    changed(world, dispatch_id, BREAKDOWN)
    assert told(world, "plan_changed") == everybody()


def test_every_change_is_told_once_however_often_its_fan_out_runs(world: World) -> None:
    dispatch_id = on_the_road(world, world.registered())
    for number in (1, 2):
        changed(world, dispatch_id, BREAKDOWN)
        assert len(world.messages("plan_changed")) == 3 * number
        for message in world.messages("plan_changed"):
            become(world, message, M.DELIVERED)
        assert world.settle(dispatch_id, f"plan-{number}") == 0


def test_a_correction_that_is_still_owed_gives_way_to_the_next(world: World) -> None:
    dispatch_id = on_the_road(world, world.registered())
    changed(world, dispatch_id, BREAKDOWN)
    changed(world, dispatch_id, BREAKDOWN)
    states = [m.state for m in world.messages("plan_changed")]
    assert (states.count(M.CANCELLED), states.count(M.OWED)) == (3, 3)


def test_a_change_before_the_fan_out_of_the_departure_is_told_with_it(world: World) -> None:
    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    for message in world.messages():
        become(world, message, M.SENT)
    change_plan(world.ports, COORDINATOR, dispatch_id, TO_JIANGBEI)
    assert seen(world, case_id).district == "jiangbei", "read through the vehicle before anything is fanned out"
    world.settle(dispatch_id, "departed")
    assert told(world, "plan_changed") == [("district", "+8613800500003")]
    family = [m for m in world.messages("dispatched") if m.audience != "district"]
    assert all("江北" in m.personal.body for m in family)
    assert len(family) == 2
    assert world.settle(dispatch_id, "plan-1") == 0


def test_another_district_is_told_that_they_come_and_the_first_that_nobody_does(world: World) -> None:
    ids = three(world)
    dispatch_id = on_the_road(world, *ids)
    after = changed(world, dispatch_id, TO_JIANGBEI)
    assert after.district == "jiangbei"
    (old,) = [m for m in world.messages("plan_changed") if m.audience == "district"]
    assert (old.personal.to, "共0人" in old.personal.body) == ("+8613800500003", True)
    new = [m for m in world.messages("dispatched") if m.audience == "district"]
    assert [m.personal.to for m in new][1:] == ["+8613800500005"]
    assert {world.case(case_id).district for case_id in ids} == {"jiangbei"}
    with pytest.raises(NotFound):
        read_history(world.ports, YUZHONG, ids[0])
    assert read_history(world.ports, JIANGBEI, ids[0]).intact


def test_a_district_where_nobody_is_on_duty_is_an_alarm_of_its_own(world: World) -> None:
    world.change_district("jiangbei", personal=Contacts())
    dispatch_id = on_the_road(world, world.registered())
    changed(world, dispatch_id, TO_JIANGBEI)
    assert [(t.desk, t.district) for t in world.tasks("nobody_on_duty")] == [("coordination", "jiangbei")]


@pytest.mark.parametrize("change", [BREAKDOWN, TO_JIANGBEI])
def test_the_fallback_number_that_was_told_of_the_departure_hears_of_the_change(
    world: World, change: PlanChange
) -> None:
    world.change_district("yuzhong", personal=Contacts((), Contact(name="", phone="+8613800500009")))
    dispatch_id = on_the_road(world, world.registered())
    changed(world, dispatch_id, change)
    assert [to for audience, to in told(world, "plan_changed") if audience == "district"] == ["+8613800500009"]


def test_who_leaves_the_vehicle_waits_again_and_their_people_and_the_district_hear_of_it(world: World) -> None:
    first, second, third = three(world)
    dispatch_id = on_the_road(world, first, second, third)
    after = changed(world, dispatch_id, left(second))
    assert (after.boarded, after.changes, after.plan) == ((first, third), 1, 0)
    case = world.case(second)
    assert (case.state, case.dispatch_id) == (State.REGISTERED, None)
    assert told(world, "plan_changed") == [
        ("district", "+8613800500003"), ("family", "+8613900139001"), ("traveller", OWN),
    ]  # fmt: skip
    (digest,) = [m for m in world.messages("plan_changed") if m.audience == "district"]
    assert "共2人" in digest.personal.body
    assert world.opened(second, key="next").carries(second)
    arrive_dispatch(world.ports, COORDINATOR, dispatch_id, (first, third))
    assert not world.store.get(Dispatch, dispatch_id).discrepancy


def test_the_next_vehicle_has_changes_of_its_own(world: World) -> None:
    case_id, other = world.registered("E1"), world.registered("E2", family_contacts=[contact("+8613900139002")])
    first = on_the_road(world, case_id, other)
    changed(world, first, BREAKDOWN)
    changed(world, first, left(case_id))
    second = world.departed(case_id, key="second")
    world.settle(second, "departed")
    for message in world.messages("dispatched"):
        become(world, message, M.DELIVERED)
    changed(world, second, BREAKDOWN)
    about = [m for m in world.messages("plan_changed", case_id) if m.dispatch_id == second]
    assert sorted(m.audience for m in about) == ["family", "traveller"]


@pytest.mark.parametrize("settled_first", [True, False])
def test_a_party_that_somebody_leaves_is_told_of_the_one_and_rides_on(world: World, settled_first: bool) -> None:
    ids = [line.traveller_id for line in world.declare(companions=[daughter(), daughter("E2")]).party]
    for case_id in ids:
        world.move(case_id, "verify", "register")
    dispatch_id = world.departed(*ids)
    if settled_first:
        world.settle(dispatch_id, "departed")
        for message in world.messages("dispatched"):
            become(world, message, M.DELIVERED)
    changed(world, dispatch_id, left(ids[0]))
    family = [m for m in world.messages() if m.audience == "family" and m.state != M.CANCELLED]
    assert [m.event for m in family] == (["dispatched", "plan_changed"] if settled_first else ["dispatched"])
    own = [m.event for m in world.messages() if m.audience == "traveller" and m.state != M.CANCELLED]
    assert own == (["dispatched", "plan_changed"] if settled_first else [])
    if not settled_first:
        assert (family[0].traveller_id, "1" in family[0].personal.body) == (ids[1], True)
    assert {world.case(case_id).state for case_id in ids[1:]} == {State.DISPATCHED}
    changed(world, dispatch_id, BREAKDOWN)
    assert {m.traveller_id for m in world.messages() if m.audience == "family" and m.state == M.OWED} == {ids[1]}


def test_the_last_one_leaves_and_the_empty_vehicle_can_be_closed(world: World) -> None:
    case_id = world.registered()
    dispatch_id = on_the_road(world, case_id)
    changed(world, dispatch_id, left(case_id))
    arrive_dispatch(world.ports, COORDINATOR, dispatch_id, ())
    assert acknowledge_handover(world.ports, COORDINATOR, dispatch_id).state == DispatchState.ACKNOWLEDGED
    assert world.case(case_id).state == State.REGISTERED


def test_a_contact_who_was_called_is_called_again_and_an_open_call_knows_the_new_district(world: World) -> None:
    case_id = world.registered(family_contacts=[contact(reach="call")])
    dispatch_id = on_the_road(world, case_id)
    (call,) = world.tasks("call")
    changed(world, dispatch_id, TO_JIANGBEI)
    (still,) = world.tasks("call")
    assert (still.task_id, still.district, still.done_at) == (call.task_id, "jiangbei", None)
    do_task(world.ports, COORDINATOR, "CKG", "hotel", call.day, call.task_id)
    changed(world, dispatch_id, BREAKDOWN)
    again = [task for task in world.tasks("call") if task.done_at is None]
    assert [(task.event, task.personal.phone) for task in again] == [("plan_changed", MOTHER)]


def test_calls_of_the_day_before_are_found_after_midnight(world: World) -> None:
    world.clock.now = world.clock.now.replace(hour=15, minute=50)  # 23:50 in Chongqing
    dispatch_id = on_the_road(world, world.registered(family_contacts=[contact(reach="call")]))
    (call,) = world.tasks("call")
    do_task(world.ports, COORDINATOR, "CKG", "hotel", call.day, call.task_id)
    world.clock.forward(minutes=20)
    changed(world, dispatch_id, BREAKDOWN)
    assert len(world.tasks("call")) == 2
