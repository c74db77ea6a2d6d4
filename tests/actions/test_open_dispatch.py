"""A vehicle is opened: a roster that makes sense, and nobody on two."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from chalicelib.actions.drive_dispatch import board_traveller, depart_dispatch
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.actions.ports import Change, Save
from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.domain.dispatch import Dispatch, DispatchState, Vehicle
from chalicelib.domain.errors import Conflict, Invalid, NotFound, NotInState, NotPermitted, Stale
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import (
    COORDINATOR,
    ESCORT,
    JIANGBEI,
    YUZHONG,
    World,
    declaration,
)  # fmt: skip


def test_a_roster_takes_its_seats_in_one_transaction(world: World) -> None:
    one, other = world.registered("E1"), world.registered("E2", household_registration="jiangbei")
    dispatch = world.opened(one, other)
    assert (dispatch.state, [p.case_id for p in dispatch.roster]) == (DispatchState.BOARDING, [one, other])
    assert {(world.case(i).dispatch_id, world.case(i).district) for i in (one, other)} == {
        (dispatch.dispatch_id, "yuzhong")
    }


def test_nobody_is_on_two_vehicles(world: World) -> None:
    one, other = world.registered("E1"), world.registered("E2")
    world.opened(one)
    with pytest.raises(Conflict, match="already_on_a_dispatch"):
        world.opened(other, one, key="second")
    assert world.case(other).dispatch_id is None


def test_of_two_officers_at_once_one_has_the_traveller(world: World) -> None:
    class Raced(MemoryStore):
        """Another officer opens a vehicle between our reading and our writing."""

        def commit(self, changes: Sequence[Change]) -> None:
            if len(world.kept(Dispatch)) == 0:
                world.opened(case_id, key="theirs")
            super().commit(changes)

    case_id = world.registered()
    ours = Raced()
    assert isinstance(world.store, MemoryStore)
    ours.rows = world.store.rows
    slow = World(MemoryStore())
    slow.ports = replace(world.ports, store=ours)
    with pytest.raises(Stale):
        slow.opened(case_id, key="ours")
    (dispatch,) = world.kept(Dispatch)
    assert world.case(case_id).dispatch_id == dispatch.dispatch_id


@pytest.mark.parametrize("state", ["declared", "verified"])
def test_only_who_is_registered_is_dispatched(world: World, state: str) -> None:
    case_id = world.declare().declaration_id
    if state == "verified":
        world.move(case_id, "verify")
    with pytest.raises(NotInState):
        world.opened(case_id)


def test_rosters_that_make_no_sense(world: World) -> None:
    case_id = world.registered()
    with pytest.raises(Invalid):
        world.opened()
    with pytest.raises(Invalid):
        world.opened(case_id, case_id)
    with pytest.raises(Conflict, match="over_capacity"):
        world.opened(case_id, capacity=0)
    with pytest.raises(NotFound):
        world.opened("no such traveller")
    with pytest.raises(NotFound):
        world.opened(case_id, district="atlantis")
    jiangbei = NewDispatch("jiangbei", Vehicle("渝A1", "bus", 9), ESCORT, (case_id,), "k")
    for officer in (YUZHONG, JIANGBEI):  # another district's vehicle, another district's traveller
        with pytest.raises(NotFound):
            open_dispatch(world.ports, officer, jiangbei)


def test_one_vehicle_leaves_one_point(world: World) -> None:
    point = world.store.get(Point, "CKG")
    world.store.commit([Save(replace(point, point="WXJ", version=0))])
    world.change_district("yuzhong")
    here = world.registered("E1")
    there = submit_declaration(world.ports, declaration(point="WXJ", document_number="E2")).declaration_id
    world.move(there, "verify", "register")
    with pytest.raises(Conflict, match="several_points"):
        world.opened(here, there)


def test_who_may(world: World) -> None:
    case_id = world.registered()
    dispatch = world.opened(case_id)
    with pytest.raises(NotFound):
        board_traveller(world.ports, JIANGBEI, dispatch.dispatch_id, case_id)
    with pytest.raises(NotPermitted):
        depart_dispatch(world.ports, Officer(officer_id="m", desks=frozenset({"media"})), dispatch.dispatch_id)
    assert board_traveller(world.ports, YUZHONG, dispatch.dispatch_id, case_id).boarded == (case_id,)
    with pytest.raises(Stale):
        board_traveller(world.ports, COORDINATOR, dispatch.dispatch_id, case_id, "0")
