"""A verb of a person or program that owes many texts is asked back with their count and price; a job never is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.drive_dispatch import board_traveller, depart_dispatch
from chalicelib.actions.ports import Save
from chalicelib.actions.quarantine import Placement, start_quarantine
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.places import Point
from chalicelib.domain.spending import Unconfirmed
from chalicelib.domain.work import FanOut
from chalicelib.storage.places import RememberedPlaces
from tests.actions.aboard import three
from tests.actions.world import COORDINATOR, World


def strict(world: World, most: int) -> None:
    """The point asks back above so many texts, and nobody has said yes."""
    world.store.commit([Save(replace(world.store.get(Point, "CKG"), confirm_above=most))])
    places = RememberedPlaces(world.store, seconds=lambda: 0.0)
    world.ports = replace(world.ports, places=places, confirmed=False)


def boarded(world: World) -> str:
    ids = three(world)
    dispatch_id = world.opened(*ids).dispatch_id
    for case_id in ids:
        board_traveller(world.ports, COORDINATOR, dispatch_id, case_id)
    return dispatch_id


def test_a_departure_with_many_texts_is_asked_back_with_what_it_costs(world: World) -> None:
    dispatch_id = boarded(world)
    strict(world, 6)
    with pytest.raises(Unconfirmed) as asked:
        depart_dispatch(world.ports, COORDINATOR, dispatch_id)
    cost = asked.value.cost
    assert (cost.messages, cost.segments, dict(cost.languages)) == (7, 7, {"zh-Hans": 7})
    assert cost.price == 7 * world.ports.prices.each("+86138")
    assert isinstance(cost.price, Decimal)
    assert world.store.get(Dispatch, dispatch_id).state == DispatchState.BOARDING
    assert (world.kept(FanOut), world.messages()) == ([], [])


@pytest.mark.parametrize(("most", "confirmed"), [(7, False), (6, True)])
def test_at_the_limit_or_once_confirmed_it_goes(world: World, most: int, confirmed: bool) -> None:
    dispatch_id = boarded(world)
    strict(world, most)
    depart_dispatch(replace(world.ports, confirmed=confirmed), COORDINATOR, dispatch_id)
    assert world.settle(dispatch_id, "departed") == 3
    assert len(world.messages("dispatched")) == 7


def test_a_change_of_plan_is_asked_back_as_the_departure_is(world: World) -> None:
    dispatch_id = boarded(world)
    depart_dispatch(world.ports, COORDINATOR, dispatch_id)
    world.settle(dispatch_id, "departed")
    strict(world, 5)
    with pytest.raises(Unconfirmed):
        change_plan(world.ports, COORDINATOR, dispatch_id, PlanChange("breakdown", "x"))
    assert world.store.get(Dispatch, dispatch_id).changes == 0


def test_the_texts_of_one_traveller_count_too_where_the_point_is_strict(world: World) -> None:
    case_id = world.registered()
    world.received(case_id)
    strict(world, 1)
    with pytest.raises(Unconfirmed) as asked:
        start_quarantine(world.ports, COORDINATOR, case_id, Placement("home", "x"), None)
    assert asked.value.cost.messages == 2
    start_quarantine(replace(world.ports, confirmed=True), COORDINATOR, case_id, Placement("home", "x"), None)
    assert len(world.messages("quarantine_started")) == 2


def test_a_job_is_never_asked(world: World) -> None:
    dispatch_id = boarded(world)
    depart_dispatch(world.ports, COORDINATOR, dispatch_id)
    strict(world, 1)
    assert world.settle(dispatch_id, "departed") == 3
