"""Phone numbers through the API: masked, unless a desk that may call asks for them; and who asked is on record."""

from typing import Any

import pytest

from tests.api.desk import Hall, Person, faults

OWN, HIDDEN, MOTHER = "+8613800138000", "+86 138••••8000", "+8613900139000"
CONTACT = {"name": "李华", "relation": "母亲", "phone": MOTHER, "reach": "text", "language": "zh-Hans"}


def looks(hall: Hall, person: Person) -> list[str]:
    history = hall.officer("GET", f"/travellers/{person.id}/history").body
    assert history["intact"]
    return [entry["facts"]["whose"] for entry in history["items"] if entry["verb"] == "show_number"]


def test_a_travellers_numbers_are_masked_until_they_are_asked_for(hall: Hall) -> None:
    person = hall.declare(phone=OWN, family_contacts=[CONTACT])
    path = f"/travellers/{person.id}"
    before = hall.officer("GET", path)
    assert (before.body["answers"]["phone"], MOTHER in str(before.body)) == (HIDDEN, False)
    assert looks(hall, person) == []
    full = hall.officer("GET", f"{path}?numbers=full")
    assert (full.body["answers"]["phone"], full.body["answers"]["family_contacts"][0]["phone"]) == (OWN, MOTHER)
    assert looks(hall, person) == ["traveller"]
    after = hall.officer("GET", path)
    assert (after.body["answers"], after.etag) == (before.body["answers"], full.etag)
    assert hall.officer.verb(person.id, "verify").body["answers"] == before.body["answers"]
    assert faults(hall.officer("GET", f"{path}?numbers=all")) == {"numbers": "not_a_choice"}


def test_who_may_not_call_is_given_none(hall: Hall) -> None:
    person = hall.declare()
    information = hall.at("information")
    assert information("GET", f"/travellers/{person.id}?numbers=full").status == 403
    assert information("GET", f"/travellers/{person.id}").body["answers"]["phone"] == HIDDEN
    assert hall.at("district", "jiangbei")("GET", f"/travellers/{person.id}?numbers=full").status == 404
    assert looks(hall, person) == []


@pytest.mark.parametrize("desk", ["coordination", "information"])
def test_a_mask_in_a_correction_leaves_the_number_as_it_is(hall: Hall, desk: str) -> None:
    person = hall.declare(phone=OWN, family_contacts=[CONTACT])
    shown = hall.at(desk)("GET", f"/travellers/{person.id}").body["answers"]
    family = [{**shown["family_contacts"][0], "relation": "姨母"}]
    corrected = hall.at(desk).verb(
        person.id, "correct", {"answers": {"phone": shown["phone"], "family_contacts": family}}
    )
    assert corrected.status == 200
    answers = hall.officer("GET", f"/travellers/{person.id}?numbers=full").body["answers"]
    assert (answers["phone"], answers["family_contacts"]) == (OWN, [{**CONTACT, "relation": "姨母"}])
    other = hall.officer.verb(person.id, "correct", {"answers": {"phone": "+86 139••••8000"}})
    assert faults(other) == {"phone": "phone_characters"}


def test_an_escorts_number_is_masked_until_it_is_asked_for(hall: Hall) -> None:
    person = hall.registered()
    opened = hall.dispatch(person).body
    path = f"/dispatches/{opened['dispatch_id']}"
    listed = hall.officer("GET", "/dispatches").body["items"]
    shown = [opened, hall.officer("GET", path).body, *(one for one in listed if one["dispatch_id"] in path)]
    assert {one["escort"]["phone"] for one in shown} == {"+86 138••••8111"}
    assert hall.at("information")("GET", f"{path}?numbers=full").status == 403
    assert hall.officer("GET", f"{path}?numbers=full").body["escort"]["phone"] == "+8613800138111"
    hall.officer("POST", f"{path}/board", {"traveller_id": person.id})
    hall.officer("POST", f"{path}/depart")
    assert looks(hall, person) == ["escort"]


def duty(reply: Any) -> list[str]:
    return [contact["phone"] for contact in reply.body["contacts"]]


def test_duty_numbers_are_for_who_may_call_or_keep_them(hall: Hall) -> None:
    for desk, full in {"hotel": True, "admin": True, "information": False, "flights": False}.items():
        (number,) = duty(hall.at(desk)("GET", "/districts/yuzhong"))
        assert number == ("+8613800500003" if full else "+86 138••••0003"), desk
