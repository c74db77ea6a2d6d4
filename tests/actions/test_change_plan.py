"""A departed vehicle's plan changes: whoever was told before is corrected, and nobody else hears anything."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.desk_tasks import do_task
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch
from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.opt_out import stop
from chalicelib.actions.ports import Change, Ports, Save
from chalicelib.actions.read_history import read_history
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.dispatch import MOST_CHANGES, Dispatch, DispatchState
from chalicelib.domain.errors import Conflict, Invalid, NotFound, NotInState, NotPermitted, Stale
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import MOST_CONTACTS, Contact, Contacts, District
from chalicelib.domain.states import State
from chalicelib.domain.work import FanOut
from chalicelib.storage.memory import MemoryStore
from tests.actions.aboard import seen, three
from tests.actions.test_left_behind import Narrow
from tests.actions.test_settle_travellers import Killed, Mortal
from tests.actions.world import COORDINATOR, JIANGBEI, MOTHER, OWN, YUZHONG, World, contact, daughter

BREAKDOWN = PlanChange("breakdown", "a flat tyre")
TO_JIANGBEI = PlanChange("district", "the road is closed", district="jiangbei")
M = MessageState


def left(case_id: str) -> PlanChange:
    return PlanChange("left", "feels unwell", traveller_id=case_id)


def on_the_road(world: World, *case_ids: str, state: MessageState | None = M.SENT) -> str:
    """A vehicle whose fan-out is done; its texts are in ``state``."""
    dispatch_id = world.departed(*case_ids)
    world.settle(dispatch_id, "departed")
    if state is not None:
        for message in world.messages("dispatched"):
            become(world, message, state)
    return dispatch_id


def become(world: World, message: Message, state: MessageState) -> None:
    due = world.clock() if state in (M.OWED, M.SENDING) else None
    world.store.commit([Save(replace(message, state=state, due_at=due))])


def changed(world: World, dispatch_id: str, change: PlanChange, officer: Officer = COORDINATOR) -> Dispatch:
    """The change, fanned out to the end."""
    world.clock.forward(minutes=5)
    after = change_plan(world.ports, officer, dispatch_id, change)
    for fan_out in world.kept(FanOut):
        world.settle(dispatch_id, fan_out.stage)
    return after


def told(world: World, event: str) -> list[tuple[str, str]]:
    return sorted((m.audience, m.personal.to) for m in world.messages(event) if m.state != M.CANCELLED)


def everybody() -> list[tuple[str, str]]:
    return sorted([("district", "+8613800500003"), ("family", MOTHER), ("traveller", OWN)])


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


def test_a_replacement_vehicle_is_found_by_its_plate(world: World) -> None:
    case_id = world.registered()
    dispatch_id = on_the_road(world, case_id)
    after = changed(world, dispatch_id, replace(BREAKDOWN, plate="渝B99999"))
    assert after.vehicle.plate == "渝B99999"
    point = world.ports.places.point("CKG")
    for plate in ("渝B99999", "渝A12345"):
        assert [c.case_id for c in find_travellers(world.ports, COORDINATOR, point, Query("plate", plate))] == [case_id]


def test_who_may_and_when(world: World) -> None:
    case_id = world.registered()
    dispatch_id = world.opened(case_id).dispatch_id

    def ask(change: PlanChange, officer: Officer = COORDINATOR) -> Dispatch:
        return change_plan(world.ports, officer, dispatch_id, change)

    with pytest.raises(NotInState):
        ask(BREAKDOWN)
    world.store.commit([Save(replace(world.store.get(Dispatch, dispatch_id), boarded=(case_id,),
                                     state=DispatchState.DEPARTED, departed_at=world.clock()))])  # fmt: skip
    with pytest.raises(NotPermitted):
        ask(BREAKDOWN, Officer(officer_id="x", desks=frozenset({"media"})))
    with pytest.raises(NotFound):
        ask(BREAKDOWN, JIANGBEI)
    with pytest.raises(NotFound):
        ask(TO_JIANGBEI, YUZHONG)
    for wrong in (
        PlanChange("breakdown", " "), PlanChange("late", "x"), PlanChange("district", "x"), PlanChange("left", "x"),
        PlanChange("district", "x", district="atlantis"),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            ask(wrong)
    with pytest.raises(Conflict, match="not_aboard"):
        ask(left(world.registered("E2")))
    with pytest.raises(Conflict, match="same_district"):
        ask(replace(TO_JIANGBEI, district="yuzhong"))
    with pytest.raises(Stale):
        change_plan(world.ports, COORDINATOR, dispatch_id, BREAKDOWN, etag="1")
    for _ in range(MOST_CHANGES):
        ask(BREAKDOWN, YUZHONG)
    with pytest.raises(Conflict, match="too_many_changes"):
        ask(BREAKDOWN)


def test_the_audit_has_the_change_and_why_in_the_sealed_part(world: World) -> None:
    case_id = world.registered()
    dispatch_id = on_the_road(world, case_id)
    changed(world, dispatch_id, TO_JIANGBEI)
    changed(world, dispatch_id, left(case_id))
    history = read_history(world.ports, COORDINATOR, case_id)
    assert history.intact
    own = [entry.verb for entry in history.entries if entry.subject == case_id]
    assert own[-3:] == ["depart", "change_plan", "take_off"]
    (off,) = [entry for entry in history.entries if entry.verb == "take_off"]
    assert (dict(off.personal.facts), "unwell" in str(off.facts)) == ({"reason": "feels unwell"}, False)


def _changed_and_settled(ports: Ports, dispatch_id: str) -> None:
    change_plan(ports, COORDINATOR, dispatch_id, BREAKDOWN)
    settle_travellers(ports, dispatch_id, "plan-1")


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("dies_at", range(1, 6))
def test_a_change_killed_anywhere_is_finished_by_the_sweep_and_doubles_nothing(
    world: World, after: bool, dies_at: int
) -> None:
    dispatch_id = on_the_road(world, *three(world))
    assert isinstance(world.store, MemoryStore)
    dying = replace(world.ports, store=Mortal(world.store, dies_at, after))
    with pytest.raises(Killed):
        _changed_and_settled(dying, dispatch_id)
    if not world.kept(FanOut) and not world.messages("plan_changed"):
        change_plan(world.ports, COORDINATOR, dispatch_id, BREAKDOWN)  # it died before anything was written
    world.settle(dispatch_id, "plan-1")
    assert world.kept(FanOut) == []
    assert len(world.messages("plan_changed")) == 3 + 3 + 1
    assert world.store.get(Dispatch, dispatch_id).changes == 1


def test_a_text_that_goes_while_it_is_taken_back_is_read_again(world: World) -> None:
    """Somebody sends between the read and the write: the write is refused, and what was sent is corrected."""

    class Sending(MemoryStore):
        def __init__(self, rows: object) -> None:
            super().__init__()
            self.rows = rows  # type: ignore[assignment]
            self.times = count()

        def commit(self, changes: Sequence[Change]) -> None:
            taken = [change.entity for change in changes if isinstance(change.entity, Message)]
            if any(message.state == M.CANCELLED for message in taken) and next(self.times) == 0:
                for message in taken:
                    if message.state == M.CANCELLED:
                        become(world, self.get(Message, message.message_id), M.SENT)
            super().commit(changes)

    dispatch_id = on_the_road(world, world.registered(), state=None)
    (digest,) = [m for m in world.messages() if m.audience == "district"]
    become(world, digest, M.SENT)
    change_plan(world.ports, COORDINATOR, dispatch_id, BREAKDOWN)
    assert isinstance(world.store, MemoryStore)
    settle_travellers(replace(world.ports, store=Sending(world.store.rows)), dispatch_id, "plan-1")
    assert told(world, "plan_changed") == everybody()
    assert M.CANCELLED not in {m.state for m in world.messages()}


def test_sixty_aboard_are_one_transaction_and_a_fan_out() -> None:
    world = World(Narrow())
    ids = tuple(world.registered(f"E{number}") for number in range(60))
    dispatch_id = world.departed(*ids, capacity=60)
    world.settle(dispatch_id, "departed")
    change_plan(world.ports, COORDINATOR, dispatch_id, TO_JIANGBEI)
    assert world.settle(dispatch_id, "plan-1") == 60
    assert {world.case(case_id).district for case_id in ids} == {"jiangbei"}


def crowded(world: World, district: str, code: str) -> None:
    """As many contacts as a district may have, all of them on duty, and the fallback number besides."""
    numbers = [f"+86138{code}0{place:04}" for place in range(MOST_CONTACTS + 1)]
    contacts = tuple(Contact(name=f"c{place}", phone=phone) for place, phone in enumerate(numbers[1:]))
    world.change_district(district, personal=Contacts(contacts, Contact(name="", phone=numbers[0])))


def wants_none(world: World) -> None:
    """Everybody of both districts stops all texts: each later one is a call beside it."""
    for district in ("yuzhong", "jiangbei"):
        for known in world.store.get(District, district).personal.contacts:
            world.store.commit(stop(world.ports, known.phone, ""))


@pytest.mark.parametrize("change", ["breakdown", "district", "left"])
def test_two_districts_with_all_the_contacts_there_may_be_fit_into_one_transaction(change: str) -> None:
    world = World(Narrow())
    crowded(world, "yuzhong", "005")
    crowded(world, "jiangbei", "006")
    people = [daughter(f"E{place}", special_care=[]) for place in range(8)]
    family = [contact(), contact("+8613900139009")]
    ids = [line.traveller_id for line in world.declare(companions=people, family_contacts=family).party]
    for case_id in ids:
        world.move(case_id, "verify", "register")
    dispatch_id = on_the_road(world, *ids)
    changed(world, dispatch_id, BREAKDOWN)
    wants_none(world)
    kinds = {"breakdown": replace(BREAKDOWN, plate="渝B99999"), "district": TO_JIANGBEI, "left": left(ids[0])}
    changed(world, dispatch_id, kinds[change])
    owed = [m for m in world.messages() if m.audience == "district" and m.state == M.FAILED]
    assert len(owed) == MOST_CONTACTS * (2 if change == "district" else 1)
    assert len(world.tasks("opted_out")) == len(owed)
