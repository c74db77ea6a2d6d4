"""Verbs of one traveller: who may, in what state, with what reason, on what was read."""

from dataclasses import replace

import pytest

from chalicelib.actions.casework import etag_of, read_case
from chalicelib.actions.move_traveller import NEEDS_REASON, PLAIN_VERBS, move_traveller
from chalicelib.actions.read_history import read_history
from chalicelib.domain.desks import MAY
from chalicelib.domain.errors import Conflict, Invalid, NotFound, NotInState, NotPermitted, Stale
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State
from chalicelib.domain.work import PlannedRelease
from tests.actions.world import COORDINATOR, JIANGBEI, YUZHONG, World


@pytest.mark.parametrize("verb", ["refer", "exempt", "onward", "void"])
def test_what_takes_a_traveller_off_the_line_needs_a_reason(world: World, verb: str) -> None:
    case_id = world.declare().declaration_id
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(Invalid):
            move_traveller(world.ports, COORDINATOR, case_id, verb, reason)
    move_traveller(world.ports, COORDINATOR, case_id, verb, "fever of 39.2")
    entry = read_history(world.ports, COORDINATOR, case_id).entries[-1]
    assert (entry.verb, entry.before, entry.personal.facts) == (verb, "declared", {"reason": "fever of 39.2"})
    assert verb in NEEDS_REASON


@pytest.mark.parametrize("verb", PLAIN_VERBS)
def test_only_desks_that_may(world: World, verb: str) -> None:
    case_id = world.declare().declaration_id
    assert "media" not in MAY[verb]
    with pytest.raises(NotPermitted):
        move_traveller(world.ports, Officer(officer_id="m", desks=frozenset({"media"})), case_id, verb, "because")


def test_another_districts_people_are_nobody(world: World) -> None:
    case_id = world.registered()
    with pytest.raises(NotFound):
        move_traveller(world.ports, JIANGBEI, case_id, "refer", "because")
    assert move_traveller(world.ports, YUZHONG, case_id, "refer", "because").state == State.REFERRED


def test_a_verb_on_what_has_changed_since_is_stale(world: World) -> None:
    case_id = world.declare().declaration_id
    etag = etag_of(*read_case(world.ports, case_id))
    move_traveller(world.ports, COORDINATOR, case_id, "verify", etag=etag)
    with pytest.raises(Stale):
        move_traveller(world.ports, COORDINATOR, case_id, "register", etag=etag)


def test_the_etag_changes_with_the_vehicle(world: World) -> None:
    case_id = world.registered()
    before = etag_of(*read_case(world.ports, case_id))
    dispatch_id = world.departed(case_id)
    on_the_road = etag_of(*read_case(world.ports, case_id))
    with pytest.raises(Stale):
        move_traveller(world.ports, COORDINATOR, case_id, "refer", "because", etag=before)
    world.handed_over(dispatch_id, case_id)
    handed_over = etag_of(*read_case(world.ports, case_id))
    assert len({before, on_the_road, handed_over}) == 3
    assert move_traveller(world.ports, COORDINATOR, case_id, "refer", "r", etag=handed_over).state == State.REFERRED


def test_nobody_is_referred_from_the_road(world: World) -> None:
    case_id = world.registered()
    world.departed(case_id)
    with pytest.raises(NotInState) as refused:
        world.move(case_id, "refer")
    assert refused.value.state == "dispatched"


@pytest.mark.parametrize("verbs", [(), ("verify",), ("verify", "register")])
def test_a_return_goes_back_to_where_the_referral_came_from(world: World, verbs: tuple[str, ...]) -> None:
    case_id = world.declare().declaration_id
    before = world.move(case_id, *verbs) if verbs else world.case(case_id)
    assert world.move(case_id, "refer").referred_from == before.state
    after = world.move(case_id, "return")
    assert (after.state, after.referred_from) == (before.state, None)


def test_who_comes_back_to_quarantine_after_its_end_is_released_all_the_same(world: World) -> None:
    case_id = world.quarantined()
    world.move(case_id, "refer")
    world.clock.forward(days=15)
    assert world.release_due(world.clock())["released"] == 0, "who is in hospital is not released by the calendar"
    assert world.kept(PlannedRelease) == []
    assert world.move(case_id, "return").state == State.IN_QUARANTINE
    assert world.release_due(world.clock())["released"] == 1


def test_who_comes_back_on_hold_stays_on_hold(world: World) -> None:
    case_id = world.quarantined()
    world.move(case_id, "refer")
    held = replace(world.case(case_id), held=True)
    from chalicelib.actions.ports import Save

    world.store.commit([Save(held)])
    world.move(case_id, "return")
    assert world.kept(PlannedRelease) == []


def test_every_change_of_state_is_in_the_audit_of_its_own_transaction(world: World) -> None:
    case_id = world.quarantined()
    world.move(case_id, "refer", "return")
    world.clock.forward(days=15)
    world.release_due(world.clock())
    history = read_history(world.ports, COORDINATOR, case_id)
    own = [entry for entry in history.entries if entry.subject == case_id]
    assert [e.verb for e in own] == [
        "declare", "verify", "register", "depart", "acknowledge", "quarantine", "refer", "return", "release",
    ]  # fmt: skip
    assert [e.before for e in own[1:]] == [e.after for e in own[:-1]]
    assert history.intact
    assert world.case(case_id).audit.count == len(own)


def test_who_was_missing_at_the_hand_over_is_received_later(world: World) -> None:
    here, late = world.registered("E11111111"), world.registered("E22222222")
    dispatch_id = world.departed(here, late)
    world.settle(dispatch_id, "departed")
    with pytest.raises(Conflict, match="hand_over_open"):
        move_traveller(world.ports, COORDINATOR, late, "receive", "found")
    world.handed_over(dispatch_id, here)
    world.settle(dispatch_id, "acknowledged")
    assert world.case(late).state == State.DISPATCHED
    move_traveller(world.ports, COORDINATOR, late, "receive", "found at the reception point")
    assert world.case(late).state == State.RECEIVED


def test_an_officer_who_verifies_a_linked_declaration_makes_it_a_person_of_its_own(world: World) -> None:
    first = world.declare("one").declaration_id
    second = world.declare("two", seat="1A").declaration_id
    assert world.case(second).linked_to == first
    world.move(first, "void")
    assert world.move(second, "verify").linked_to is None
