"""The district's answer by code: early it says that they are awaited, after a headcount it hands over."""

from dataclasses import replace

import pytest

from chalicelib.actions.acknowledge_by_code import acknowledge_by_code, by_code
from chalicelib.actions.drive_dispatch import arrive_dispatch
from chalicelib.actions.escalate_handover import escalate_handover
from chalicelib.actions.read_history import read_history
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handover import Escalation
from chalicelib.domain.places import Contact, Contacts
from chalicelib.domain.states import State
from tests.actions.aboard import seen
from tests.actions.world import COORDINATOR, World

CONTACT = "+8613800500003"
ELSEWHERE = "+8613800500001"
"""Wanzhou's example contact."""


@pytest.fixture
def left(world: World) -> tuple[World, Dispatch, str]:
    """A vehicle on the road to Yuzhong."""
    case_id = world.registered()
    return world, world.store.get(Dispatch, world.departed(case_id)), case_id


def test_before_arrival_it_says_that_they_are_awaited(left: tuple[World, Dispatch, str]) -> None:
    world, dispatch, case_id = left
    assert acknowledge_by_code(world.ports, CONTACT, dispatch.code)[0] == "awaited"
    assert world.store.get(Dispatch, dispatch.dispatch_id) == dispatch, "no officer at the vehicle is in its way"
    row = world.store.get(Escalation, dispatch.dispatch_id, "departed")
    assert (row.answered_by, row.step) == ("contact:yuzhong", "overdue")
    assert not escalate_handover(world.ports, dispatch.dispatch_id, "departed", "next_contact")
    assert seen(world, case_id).state == State.DISPATCHED
    again = acknowledge_by_code(world.ports, CONTACT, dispatch.code)[0]
    assert (again, world.store.get(Escalation, dispatch.dispatch_id, "departed")) == ("awaited", row)


def test_after_a_headcount_it_hands_over(left: tuple[World, Dispatch, str]) -> None:
    world, dispatch, case_id = left
    arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, (case_id,))
    assert acknowledge_by_code(world.ports, CONTACT, dispatch.code)[0] == "acknowledged"
    after = world.store.get(Dispatch, dispatch.dispatch_id)
    assert (after.state, after.acknowledged_by) == ("acknowledged", "contact:yuzhong")
    assert seen(world, case_id).state == State.RECEIVED
    assert acknowledge_by_code(world.ports, CONTACT, dispatch.code)[0] == "acknowledged", "said again, it stays so"
    assert world.store.get(Dispatch, dispatch.dispatch_id) == after
    assert ("fanout", f"{dispatch.dispatch_id}#acknowledged") in world.queue.taken


def test_the_audit_names_the_district_and_seals_the_phone(left: tuple[World, Dispatch, str]) -> None:
    world, dispatch, case_id = left
    arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, (case_id,))
    acknowledge_by_code(world.ports, CONTACT, dispatch.code)
    world.settle(dispatch.dispatch_id, "departed")
    world.settle(dispatch.dispatch_id, "acknowledged")
    history = read_history(world.ports, COORDINATOR, case_id)
    entry = next(e for e in history.entries if e.verb == "acknowledge" and e.subject == dispatch.dispatch_id)
    assert (entry.actor, history.intact) == ("contact:yuzhong", True)
    assert (entry.personal.facts["phone"], CONTACT in str(replace(entry, personal=None))) == (CONTACT, False)  # type: ignore[arg-type]


@pytest.mark.parametrize("phone", [ELSEWHERE, "+8613900139000", "+85291234567", ""])
def test_a_code_is_nothing_from_another_phone(left: tuple[World, Dispatch, str], phone: str) -> None:
    world, dispatch, _ = left
    with pytest.raises(NotFound):
        acknowledge_by_code(world.ports, phone, dispatch.code)


def test_nobody_acknowledges_nobody(left: tuple[World, Dispatch, str]) -> None:
    world, dispatch, _ = left
    arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, ())
    with pytest.raises(NotFound):
        acknowledge_by_code(world.ports, CONTACT, dispatch.code)


@pytest.mark.parametrize("code", ["", "0", "00000", "x" * 3_000, "#"])
def test_what_is_no_code(left: tuple[World, Dispatch, str], code: str) -> None:
    world, _, _ = left
    with pytest.raises(NotFound):
        acknowledge_by_code(world.ports, CONTACT, code)


def test_the_fallback_number_answers_too_and_a_phone_of_two_districts_for_either(world: World) -> None:
    shared = Contact(name="both", phone="+85291234567")
    world.change_district("jiangbei", personal=Contacts((), shared))
    world.change_district("yuzhong", personal=Contacts((shared,)))
    for number, district in enumerate(("yuzhong", "jiangbei")):
        dispatch_id = world.departed(world.registered(f"E{number}"), key=district, district=district)
        found = by_code(world.ports, shared.phone, (world.store.get(Dispatch, dispatch_id).code,))
        assert found
        assert found.dispatch.dispatch_id == dispatch_id
