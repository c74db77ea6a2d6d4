"""What a vehicle owes each traveller, and how everybody sees them meanwhile."""

import pytest

from chalicelib.domain.dispatch import DispatchState
from chalicelib.domain.settle import settled, steps_owed
from chalicelib.domain.states import State
from tests.domain.cases import case, dispatch

D = DispatchState
S = State
ROAD = (D.DEPARTED, D.ARRIVED)


def verbs_owed(state: S, vehicle: D, boarded: bool = True, present: bool = True) -> tuple[str, ...]:
    bus = dispatch("A", state=vehicle, boarded=("A",) * boarded, present=("A",) * (boarded and present))
    return tuple(step.verb for step in steps_owed(case(state=state, dispatch_id="D"), bus))


@pytest.mark.parametrize(
    ("state", "vehicle", "present", "owed"),
    [
        (S.REGISTERED, D.BOARDING, False, ()),
        (S.REGISTERED, D.DEPARTED, False, ("depart",)),
        (S.REGISTERED, D.ARRIVED, True, ("depart",)),
        (S.REGISTERED, D.ACKNOWLEDGED, True, ("depart", "acknowledge")),
        (S.REGISTERED, D.ACKNOWLEDGED, False, ("depart",)),
        (S.DISPATCHED, D.DEPARTED, False, ()),
        (S.DISPATCHED, D.ARRIVED, True, ()),
        (S.DISPATCHED, D.ACKNOWLEDGED, True, ("acknowledge",)),
        (S.DISPATCHED, D.ACKNOWLEDGED, False, ()),
        (S.RECEIVED, D.ACKNOWLEDGED, True, ()),
        (S.IN_QUARANTINE, D.ACKNOWLEDGED, True, ()),
    ],
)
def test_what_is_owed_to_who_boarded(state: S, vehicle: D, present: bool, owed: tuple[str, ...]) -> None:
    assert verbs_owed(state, vehicle, present=present) == owed


@pytest.mark.parametrize("vehicle", [*ROAD, D.ACKNOWLEDGED])
def test_who_did_not_board_is_left_behind_for_their_own_district(vehicle: D) -> None:
    left = case(state=S.REGISTERED, dispatch_id="D", district="jiangbei")
    (step,) = steps_owed(left, dispatch("A", "B", district="jiangbei", state=vehicle, boarded=("B",)))
    assert (step.verb, step.case.state) == ("left_behind", S.REGISTERED)
    assert (step.case.dispatch_id, step.case.district) == (None, "yuzhong")


def test_another_vehicle_owes_nothing() -> None:
    assert steps_owed(case(state=S.REGISTERED, dispatch_id="E"), dispatch("A", state=D.DEPARTED, boarded=("A",))) == ()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("vehicle", D)
def test_settling_settles(state: S, vehicle: D) -> None:
    bus = dispatch("A", state=vehicle, boarded=("A",), present=("A",) if vehicle == D.ACKNOWLEDGED else ())
    after = settled(case(state=state, dispatch_id="D"), bus)
    assert steps_owed(after, bus) == ()
    assert settled(after, bus) == after


def test_without_a_vehicle_everybody_is_as_they_are_stored() -> None:
    assert settled(case(), None) == case()
