"""Boarding, headcounts, and who is missing."""

from itertools import product

import pytest

from chalicelib.domain import dispatch as verbs
from chalicelib.domain.dispatch import (
    DISPATCH_TRANSITIONS,
    ROSTER_LIMIT,
    Dispatch,
    DispatchState,
    Passenger,
    Vehicle,
    check_roster,
)
from chalicelib.domain.errors import Conflict, NotInState
from tests.domain.cases import NOW, dispatch

D = DispatchState


def act(verb: str, vehicle: Dispatch) -> Dispatch:
    match verb:
        case "board":
            return verbs.boarded(vehicle, "A")
        case "take_off":
            return verbs.taken_off(vehicle, "A")
        case "depart":
            return verbs.departed(vehicle, NOW)
        case "change_plan":
            return verbs.replanned(vehicle)
        case "stop_messages":
            return verbs.stopped(vehicle)
        case "arrive":
            return verbs.arrived(vehicle, ("A",), NOW)
    return verbs.acknowledged(vehicle, "officer", NOW)


@pytest.mark.parametrize(("verb", "state"), list(product(DISPATCH_TRANSITIONS, D)))
def test_a_verb_leads_where_the_table_says_or_is_refused_with_what_is_allowed(verb: str, state: D) -> None:
    vehicle = dispatch("A", "B", state=state, boarded=("A", "B"))
    target = DISPATCH_TRANSITIONS[verb].get(state)
    if target is not None:
        assert act(verb, vehicle).state == target
        return
    with pytest.raises(NotInState) as refused:
        act(verb, vehicle)
    assert all(state in DISPATCH_TRANSITIONS[allowed] for allowed in refused.value.allowed)


def test_boarding_twice_is_once_and_a_stranger_does_not_board() -> None:
    vehicle = verbs.boarded(dispatch("A", "B"), "A")
    assert verbs.boarded(vehicle, "A") == vehicle
    assert vehicle.boarded == ("A",)
    with pytest.raises(Conflict, match="not_on_roster"):
        verbs.boarded(vehicle, "C")


def test_who_is_taken_off_has_neither_place_nor_head() -> None:
    vehicle = verbs.taken_off(dispatch("A", "B", boarded=("A", "B")), "A")
    assert (vehicle.roster, vehicle.boarded) == ((Passenger("B", "B"),), ("B",))


def test_an_empty_vehicle_does_not_depart() -> None:
    with pytest.raises(Conflict, match="nobody_boarded"):
        verbs.departed(dispatch("A"), NOW)


def test_the_last_headcount_counts_and_the_first_arrival_stands() -> None:
    road = verbs.departed(dispatch("A", "B", "C", boarded=("A", "B")), NOW)
    assert (road.missing, road.discrepancy) == ((), False), "nobody has counted yet"
    first = verbs.arrived(road, ("A",), NOW)
    assert (first.missing, first.discrepancy) == (("B",), True)
    last = verbs.arrived(first, ("B", "A"), NOW.replace(hour=9))
    assert (last.present, last.missing, last.arrived_at) == (("A", "B"), (), NOW)


def test_nobody_is_counted_who_did_not_board() -> None:
    road = verbs.departed(dispatch("A", "B", boarded=("A",)), NOW)
    with pytest.raises(Conflict, match="not_boarded") as refused:
        verbs.arrived(road, ("A", "B"), NOW)
    assert refused.value.params == {"travellers": "B"}


def test_a_discrepancy_outlives_the_acknowledgement() -> None:
    arrived = verbs.arrived(dispatch("A", "B", boarded=("A", "B"), state=D.DEPARTED), ("A",), NOW)
    done = verbs.acknowledged(arrived, "officer", NOW)
    assert (done.missing, done.acknowledged_by, done.acknowledged_at) == (("B",), "officer", NOW)


@pytest.mark.parametrize(("capacity", "heads", "fits"), [(7, 7, True), (7, 8, False), (90, 60, True), (90, 61, False)])
def test_a_roster_fits_the_vehicle_and_one_transaction(capacity: int, heads: int, fits: bool) -> None:
    vehicle = Vehicle("渝A12345", "bus", capacity)
    if fits:
        return check_roster(vehicle, heads)
    with pytest.raises(Conflict, match="over_capacity") as refused:
        check_roster(vehicle, heads)
    assert refused.value.params == {"capacity": str(min(capacity, ROSTER_LIMIT))}
    return None


def test_a_party_aboard_begins_with_its_declarer() -> None:
    roster = (Passenger("child", "mother"), Passenger("other", "other"), Passenger("mother", "mother"))
    vehicle = dispatch(roster=roster, boarded=("child", "other", "mother"))
    assert vehicle.companions_aboard("child") == vehicle.companions_aboard("mother") == ("mother", "child")
    assert dispatch(roster=roster, boarded=("child",)).companions_aboard("mother") == ("child",)
    assert vehicle.companions_aboard("stranger") == ()
