"""Who is told of a departure: each of a party's people once, and the district that awaits them."""

from dataclasses import replace

import pytest

from chalicelib.domain.places import Contact, Contacts, Duty
from tests.actions.aboard import three
from tests.actions.world import (
    MOTHER,
    OWN,
    World,
    contact,
    daughter,
)  # fmt: skip

CONTACT = "+8613800500003"
"""The example number of Yuzhong's duty desk."""


def test_texts_of_a_departure(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    (digest,) = world.messages()
    assert (digest.audience, digest.personal.to, digest.dispatch_id) == ("district", CONTACT, dispatch_id)
    assert "3" in digest.personal.body
    world.settle(dispatch_id, "departed")
    told = sorted((m.audience, m.personal.to) for m in world.messages("dispatched"))
    assert told == [
        ("district", CONTACT),
        *(("family", f"+861390013900{n}") for n in range(3)),
        *[("traveller", OWN)] * 3,
    ]
    assert {m.segments for m in world.messages()} == {1}
    assert all(m.dispatch_id == dispatch_id for m in world.messages())


@pytest.mark.parametrize("declarer_first", [True, False])
def test_a_party_on_one_vehicle_is_one_text_for_each_of_its_people(world: World, declarer_first: bool) -> None:
    receipt = world.declare(companions=[daughter(), daughter("E2", given_names="LAN")])
    ids = [line.traveller_id for line in receipt.party]
    for case_id in ids:
        world.move(case_id, "verify", "register")
    dispatch_id = world.departed(*(ids if declarer_first else reversed(ids)))
    world.settle(dispatch_id, "departed")
    told = [m for m in world.messages("dispatched") if m.audience != "district"]
    assert sorted((m.audience, m.personal.to) for m in told) == [("family", MOTHER), ("traveller", OWN)]
    assert {m.traveller_id for m in told} == {ids[0]}
    assert "2" in told[0].personal.body


def test_a_party_on_two_vehicles_is_two_texts(world: World) -> None:
    receipt = world.declare(companions=[daughter()])
    ids = [line.traveller_id for line in receipt.party]
    for case_id in ids:
        world.move(case_id, "verify", "register")
        world.settle(world.departed(case_id, key=case_id), "departed")
    told = [(m.audience, m.traveller_id) for m in world.messages("dispatched") if m.audience != "district"]
    assert sorted(told) == sorted([("family", ids[0]), ("traveller", ids[0]), ("family", ids[1])])


def test_two_contacts_with_one_phone_are_one_text(world: World) -> None:
    desk = Contact(name="one", phone=CONTACT)
    world.change_district("yuzhong", personal=Contacts((desk, replace(desk, name="two"))))
    case_id = world.registered(family_contacts=[contact(), contact(name="李强")])
    world.settle(world.departed(case_id), "departed")
    assert sorted(m.personal.to for m in world.messages("dispatched")) == sorted([CONTACT, MOTHER, OWN])


def test_nobody_on_duty_is_a_task_for_the_coordinator(world: World) -> None:
    asleep = Contact(name="day", phone=CONTACT, duty=(Duty("20:00", "21:00"),))
    world.change_district("yuzhong", personal=Contacts((asleep,)))
    dispatch_id = world.departed(world.registered())
    assert [(t.desk, t.dispatch_id, t.district) for t in world.tasks("nobody_on_duty")] == [
        ("coordination", dispatch_id, "yuzhong")
    ]


def test_a_deputy_is_told_when_nobody_is_on_duty(world: World) -> None:
    deputy = Contact(name="deputy", phone=CONTACT, deputy=True)
    world.change_district("yuzhong", personal=Contacts((deputy,)))
    world.departed(world.registered())
    assert ([m.personal.to for m in world.messages()], world.tasks()) == ([CONTACT], [])
