"""The two clocks of a hand-over, and who is told when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.dispatch import Dispatch, DispatchState, Escort, Vehicle
from chalicelib.domain.handover import (
    AFTER,
    Escalation,
    Step,
    answered,
    begun,
    climbed,
    code_of,
    concerns,
    settled,
)
from tests.actions.world import MORNING

D = DispatchState


def minutes(row: Escalation) -> float | None:
    return (row.due_at - MORNING).total_seconds() / 60 if row.due_at else None


def dispatch(state: DispatchState) -> Dispatch:
    return Dispatch(
        dispatch_id="D", point="CKG", district="yuzhong", date=MORNING.date(), opened_at=MORNING,
        vehicle=Vehicle("A", "bus", 40), roster=(), state=state, personal=Escort("", ""),
    )  # fmt: skip


def test_on_the_road_the_next_contact_the_coordinator_and_at_last_the_missing_vehicle() -> None:
    row, seen = begun("D", D.DEPARTED, MORNING), list[tuple[Step | None, float | None]]()
    for _ in range(3):
        seen.append((row.step, minutes(row)))
        row = climbed(row, MORNING + timedelta(hours=1))
    assert seen == [(Step.NEXT_CONTACT, 10), (Step.COORDINATOR, 20), (Step.OVERDUE, 360)]
    assert (row.step, row.due_at, set(row.told)) == (None, None, set(AFTER))


def test_after_arrival_nothing_is_overdue() -> None:
    row = climbed(climbed(begun("D", D.ARRIVED, MORNING), MORNING), MORNING)
    assert (row.step, row.due_at) == (None, None)


@pytest.mark.parametrize("state", list(D))
def test_a_clock_matters_in_its_own_state_only(state: DispatchState) -> None:
    assert concerns(begun("D", D.DEPARTED, MORNING), dispatch(state)) == (state == D.DEPARTED)
    assert concerns(begun("D", D.ARRIVED, MORNING), dispatch(state)) == (state == D.ARRIVED)


def test_who_awaits_them_is_asked_no_more_unless_they_never_arrive() -> None:
    row = answered(begun("D", D.DEPARTED, MORNING), "contact:yuzhong", MORNING + timedelta(minutes=3))
    assert (row.step, minutes(row), row.answered_by) == (Step.OVERDUE, 360, "contact:yuzhong")
    assert climbed(row, MORNING).step == Step.NEXT_CONTACT, "an answer given is not taken back by a step told"


def test_settled_is_due_no_more() -> None:
    row = settled(begun("D", D.DEPARTED, MORNING))
    assert (row.step, row.due_at) == (None, None)


def test_a_code_is_four_digits_that_its_secret_always_gives() -> None:
    codes = {code_of(str(number)) for number in range(300)}
    assert code_of("x") == code_of("x")
    assert all(len(code) == 4 and code.isdecimal() for code in codes)
    assert len(codes) > 250, "spread over all ten thousand"


def test_told_twice_is_one_entry() -> None:
    row = replace(begun("D", D.ARRIVED, MORNING), told={"next_contact": MORNING})
    assert climbed(row, MORNING).step == Step.COORDINATOR
