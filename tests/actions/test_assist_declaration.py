"""Entries by an officer: marked with how and by whom, listed by flight, undone while nobody has looked."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.assist_declaration import assist_declaration, entries_of, undo_entry
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.actions.read_history import read_history
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Conflict, Invalid, NotFound, NotPermitted
from chalicelib.domain.finding import Linked
from chalicelib.domain.officers import Officer
from tests.actions.world import COORDINATOR, World, daughter, declaration

ONSITE = Officer(officer_id="onsite-desk", desks=frozenset({"onsite"}))
OTHER = Officer(officer_id="other-desk", desks=frozenset({"onsite"}))
HOTEL = Officer(officer_id="hotel-desk", desks=frozenset({"hotel"}))
DAY = date(2026, 11, 23)


def enter(world: World, source: str = "paper", key: str = "", officer: Officer = ONSITE, **answers: Any) -> str:
    filled = replace(declaration(key, **answers), source=source)
    return assist_declaration(world.ports, officer, filled).declaration_id


def listed(world: World, officer: Officer = ONSITE, flight: str = "CA406") -> list[str]:
    return [case.case_id for case in entries_of(world.ports, officer, "CKG", DAY, flight)]


@pytest.mark.parametrize("source", ["assisted", "paper"])
def test_the_case_says_how_and_by_whom(world: World, source: str) -> None:
    case_id = enter(world, source, companions=[daughter()])
    for member in world.case(case_id).party:
        case = world.case(member)
        assert (case.source, case.entered_by) == (source, "onsite-desk")
        (entry,) = read_history(world.ports, COORDINATOR, member).entries
        assert (entry.verb, entry.actor, entry.facts) == ("declare", "onsite-desk", {"source": source})


def test_a_traveller_enters_it_alone(world: World) -> None:
    case = world.case(world.declare().declaration_id)
    assert (case.source, case.entered_by) == ("", "")


def test_somebody_without_papers_can_be_entered(world: World) -> None:
    bare: dict[str, Any] = dict.fromkeys(("document_type", "document_number", "document_country"))
    assert "document_number" not in world.case(enter(world, "assisted", **bare)).answers


def test_only_desks_that_assist_and_only_as_an_entry(world: World) -> None:
    with pytest.raises(NotPermitted):
        enter(world, officer=HOTEL)
    with pytest.raises(NotPermitted):
        listed(world, HOTEL)
    with pytest.raises(Invalid):
        enter(world, "")
    assert not world.kept(Case)


def test_pressing_twice_enters_once(world: World) -> None:
    assert enter(world, key="k") == enter(world, key="k")
    assert len(world.kept(Case)) == 1


def test_the_list_has_ones_own_entries_of_the_flight_the_latest_first(world: World) -> None:
    first = enter(world, document_number="E1")
    world.clock.forward(minutes=1)
    second = enter(world, document_number="E2")
    enter(world, document_number="E3", flight_number="MU1")
    enter(world, document_number="E4", officer=OTHER)
    world.declare(document_number="E5")
    assert listed(world) == [second, first]


def test_undoing_makes_the_party_void_and_its_documents_free(world: World) -> None:
    case_id = enter(world, companions=[daughter()])
    undone = undo_entry(world.ports, ONSITE, case_id)
    assert [case.state for case in undone] == ["void", "void"]
    assert listed(world) == []
    assert [case.state for case in undo_entry(world.ports, ONSITE, case_id)] == ["void", "void"]
    entries = read_history(world.ports, COORDINATOR, case_id).entries
    assert [entry.verb for entry in entries] == ["declare", "void"]
    assert entries[-1].facts == {"entry": "undone"}
    again = enter(world, key="again", seat="9A", companions=[daughter()])
    assert world.case(again).linked_to is None
    assert not world.kept(Linked)


def test_what_somebody_else_entered_or_looked_at_stays(world: World) -> None:
    own, theirs = enter(world, document_number="E1"), world.declare(document_number="E2").declaration_id
    for case_id in (own, theirs):
        with pytest.raises(NotFound):
            undo_entry(world.ports, OTHER, case_id)
    move_traveller(world.ports, COORDINATOR, own, "verify")
    with pytest.raises(Conflict, match="entry_looked_at"):
        undo_entry(world.ports, ONSITE, own)
    assert world.case(own).state == "verified"


def test_who_joins_by_the_pass_was_entered_by_nobody(world: World) -> None:
    case_id = enter(world)
    amend_declaration(world.ports, case_id, declaration(companions=[daughter()]))
    declarer, child = (world.case(member) for member in world.case(case_id).party)
    assert (declarer.source, child.source, child.entered_by) == ("paper", "", "")
