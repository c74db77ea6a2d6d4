"""Somebody on the wrong list leaves it again, and the seat and the district with it."""

import pytest

from chalicelib.actions.drive_dispatch import board_traveller, depart_dispatch
from chalicelib.actions.take_off_traveller import take_off_traveller
from chalicelib.domain.errors import Conflict, NotInState
from chalicelib.domain.states import State
from tests.actions.world import COORDINATOR, World


def test_who_is_taken_off_waits_again_and_can_ride_elsewhere(world: World) -> None:
    first, second = world.registered("E11111111"), world.registered("E22222222")
    dispatch_id = world.opened(first, second, district="yubei").dispatch_id
    board_traveller(world.ports, COORDINATOR, dispatch_id, first)
    after = take_off_traveller(world.ports, COORDINATOR, dispatch_id, first)
    assert [passenger.case_id for passenger in after.roster] == [second]
    assert after.boarded == ()
    case = world.case(first)
    assert (case.state, case.dispatch_id, case.district) == (State.REGISTERED, None, "yuzhong")
    assert world.opened(first, key="another").carries(first)


def test_only_who_is_on_the_list_and_only_before_the_doors_close(world: World) -> None:
    first, second = world.registered("E11111111"), world.registered("E22222222")
    dispatch_id = world.opened(first).dispatch_id
    with pytest.raises(Conflict, match="not_on_roster"):
        take_off_traveller(world.ports, COORDINATOR, dispatch_id, second)
    board_traveller(world.ports, COORDINATOR, dispatch_id, first)
    depart_dispatch(world.ports, COORDINATOR, dispatch_id)
    with pytest.raises(NotInState):
        take_off_traveller(world.ports, COORDINATOR, dispatch_id, first)
