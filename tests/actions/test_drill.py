"""A drill goes through everything: it texts only who takes part, says so in every text, and is counted nowhere."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.answer_text import about_handover
from chalicelib.actions.count_flight import count_flight
from chalicelib.actions.escalate_handover import escalate_handover
from chalicelib.actions.keep_drill_numbers import put_drill_numbers, read_drill_numbers
from chalicelib.actions.keep_reference import put_reference
from chalicelib.actions.ports import Save
from chalicelib.actions.send_digest import send_digest
from chalicelib.actions.send_message import send_message
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import Conflict, NotPermitted, Stale
from chalicelib.domain.messages import MessageState
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Contact, Contacts, Coordinator, Point
from chalicelib.storage.drills import RememberedDrills
from tests.actions.test_ceiling import Phones
from tests.actions.world import COORDINATOR, MOTHER, OWN, World, contact, daughter, declaration

M = MessageState
DAY = date(2026, 11, 23)
DISTRICT, NEXT, DUTY = "+8613800500003", "+8613800500102", "+8613800500200"


def flight(number: str = "CA406", drill: bool = True) -> Flight:
    return Flight(
        point="CKG", date=DAY, number=number, kind="scheduled", route="international", origin="ROM",
        scheduled=datetime(2026, 11, 23, 4, tzinfo=UTC), estimated=None, expected_heads=200, drill=drill,
    )  # fmt: skip


def drilled(world: World, *numbers: str) -> None:
    put_reference(world.ports, COORDINATOR, flight())
    put_drill_numbers(world.ports, COORDINATOR, "CKG", numbers, 0)


def test_who_declares_for_a_drills_flight_takes_part_and_nobody_else(world: World) -> None:
    assert not world.ports.drills.is_drill("CKG", DAY, "CA406")
    drilled(world)
    party = world.declare(companions=[daughter()]).party
    other = world.declare(document_number="E2", flight_number="CA407").declaration_id
    assert [world.case(line.traveller_id).drill for line in party] == [True, True]
    assert not world.case(other).drill
    amend_declaration(world.ports, party[0].traveller_id, declaration(companions=[daughter(), daughter("E9")]))
    newcomer = world.case(party[0].traveller_id).party[-1]
    assert world.case(newcomer).drill


def test_in_a_drill_stage_everybody_takes_part(world: World) -> None:
    world.ports = replace(world.ports, drills=RememberedDrills(world.store, whole=True, simulated=True))
    assert world.case(world.declare().declaration_id).drill


def test_only_listed_numbers_are_texted_and_what_would_go_to_others_is_seen_as_cancelled(world: World) -> None:
    drilled(world, OWN)
    case_id = world.registered()
    world.settle(world.departed(case_id), "departed")
    found = {m.personal.to: (m.state, m.code, m.drill) for m in world.messages("dispatched")}
    assert found == {
        OWN: (M.OWED, "", True), MOTHER: (M.CANCELLED, "drill", True), DISTRICT: (M.CANCELLED, "drill", True),
    }  # fmt: skip
    phones = Phones()
    for message in world.messages():
        send_message(world.ports, phones, message.message_id)
    assert len(phones.taken) == 1


def test_the_simulator_takes_every_number(world: World) -> None:
    drilled(world)
    world.ports = replace(world.ports, drills=RememberedDrills(world.store, whole=False, simulated=True))
    world.settle(world.departed(world.registered()), "departed")
    assert {m.state for m in world.messages("dispatched")} == {M.OWED}


def test_every_text_of_a_drill_says_so_first_in_its_language(world: World) -> None:
    drilled(world, OWN, MOTHER, DISTRICT)
    case_id = world.quarantined(family_contacts=[contact(language="en")])
    world.release_due(world.clock().replace(month=12, day=8))
    for district_day in {m.day for m in world.messages()}:
        send_digest(world.ports, "CKG", "yuzhong", district_day)
    quarantine = world.case(case_id).quarantine
    assert quarantine is not None
    send_digest(world.ports, "CKG", "yuzhong", quarantine.end_date)
    assert len(world.messages()) > 6
    for message in world.messages():
        start = "DRILL: " if message.language == "en" else "【演练】"
        assert message.personal.body.startswith(start)
        assert message.segments == 1


def test_real_texts_do_not(world: World) -> None:
    world.settle(world.departed(world.registered()), "departed")
    assert not [m for m in world.messages() if m.drill or "演练" in m.personal.body]


def test_a_call_of_a_drill_is_marked(world: World) -> None:
    drilled(world)
    world.settle(world.departed(world.registered(family_contacts=[contact(reach="call")])), "departed")
    assert [task.drill for task in world.tasks("call")] == [True]


def test_a_district_hears_of_people_and_of_a_drill_in_texts_of_their_own(world: World) -> None:
    drilled(world, DISTRICT)
    world.quarantined("E1", days=1)
    world.quarantined("E2", days=1, flight_number="CA407", family_contacts=[contact("+8613900139002")])
    world.clock.forward(days=1)
    world.release_due(world.clock())
    send_digest(world.ports, "CKG", "yuzhong", date(2026, 11, 24))
    digests = [m for m in world.messages("quarantine_ended") if m.audience == "district"]
    assert sorted((m.drill, "1人" in m.personal.body) for m in digests) == [(False, True), (True, True)]


@pytest.mark.parametrize("flights", [("CA406",), ("CA406", "CA407")])
def test_nobody_to_hear_of_releases_is_a_drill_where_nobody_real_is_among_them(
    world: World, flights: tuple[str, ...]
) -> None:
    drilled(world)
    for place, number in enumerate(flights):
        world.quarantined(f"E{place}", days=1, flight_number=number, family_contacts=[contact(f"+861390013900{place}")])
    world.change_district("yuzhong", personal=Contacts())
    world.clock.forward(days=1)
    world.release_due(world.clock())
    send_digest(world.ports, "CKG", "yuzhong", date(2026, 11, 24))
    assert [task.drill for task in world.tasks("nobody_on_duty")] == [len(flights) == 1]


def test_a_drill_and_real_travellers_do_not_ride_together(world: World) -> None:
    drilled(world)
    one, other = world.registered("E1"), world.registered("E2", flight_number="CA407")
    with pytest.raises(Conflict, match="drill_and_real"):
        world.opened(one, other)
    assert world.opened(one).drill
    assert not world.opened(other, key="2").drill


def test_a_flight_counts_its_own_and_never_those_of_a_drill(world: World) -> None:
    real = world.declare("1", document_number="E1").declaration_id
    drilled(world)
    world.declare("2", document_number="E2")
    world.declare("3", document_number="E3")
    assert not world.case(real).drill
    assert count_flight(world.ports, flight(drill=False)).total() == 1
    assert count_flight(world.ports, flight()).total() == 2


def test_numbers_are_put_whole_and_by_who_may(world: World) -> None:
    drilled(world, OWN, OWN, MOTHER)
    known = read_drill_numbers(world.ports, COORDINATOR, "CKG")
    assert known.personal.numbers == (OWN, MOTHER)
    with pytest.raises(Stale):
        put_drill_numbers(world.ports, COORDINATOR, "CKG", (), 0)
    assert world.ports.drills.reaches("CKG", MOTHER)
    put_drill_numbers(world.ports, COORDINATOR, "CKG", (OWN,), known.version)
    assert not world.ports.drills.reaches("CKG", MOTHER)
    with pytest.raises(NotPermitted):
        read_drill_numbers(world.ports, Officer(officer_id="x", desks=frozenset({"hotel"})), "CKG")


def test_nobody_on_duty_is_texted_when_a_drills_district_does_not_answer(world: World) -> None:
    drilled(world, OWN)
    world.change_district(
        "yuzhong", personal=Contacts((Contact(name="a", phone=DISTRICT), Contact(name="b", phone=NEXT, deputy=True)))
    )
    world.store.commit([Save(replace(world.store.get(Point, "CKG"), personal=Coordinator(DUTY, "en")))])
    dispatch_id = world.departed(world.registered())
    world.clock.forward(minutes=20)
    for step in ("next_contact", "coordinator"):
        assert escalate_handover(world.ports, dispatch_id, "departed", step)
    told = [(m.personal.to, m.state, m.code, m.drill) for m in world.messages("unacknowledged")]
    assert told == [(NEXT, M.CANCELLED, "drill", True), (DUTY, M.CANCELLED, "drill", True)]
    assert [task.drill for task in world.tasks("unacknowledged")] == [True]


def test_a_contact_who_answers_in_a_drill_is_answered_as_in_a_drill(world: World) -> None:
    drilled(world)
    dispatch = world.store.get(Dispatch, world.departed(world.registered()))
    assert about_handover("acknowledged", "en", "yuzhong", dispatch).drill
    assert not about_handover("acknowledged", "en", "yuzhong", None).drill
