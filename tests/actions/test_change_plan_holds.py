"""A change of plan asks who and when, stands in the audit, survives a death, and fits into one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.opt_out import stop
from chalicelib.actions.ports import Change, Ports, Save
from chalicelib.actions.read_history import read_history
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.dispatch import MOST_CHANGES, Dispatch, DispatchState
from chalicelib.domain.errors import Conflict, Invalid, NotFound, NotInState, NotPermitted, Stale
from chalicelib.domain.messages import Message
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import MOST_CONTACTS, Contact, Contacts, District
from chalicelib.domain.work import FanOut
from chalicelib.storage.memory import MemoryStore
from tests.actions.aboard import three
from tests.actions.road import BREAKDOWN, TO_JIANGBEI, M, become, changed, everybody, left, on_the_road, told
from tests.actions.test_left_behind import Narrow
from tests.actions.test_settle_travellers import Killed, Mortal
from tests.actions.world import COORDINATOR, JIANGBEI, YUZHONG, World, contact, daughter


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
