"""Attacks on the API: long texts, half characters, keys at once, another district's contacts, ids too long to be."""

import json

import pytest

from tests.api.desk import Hall, at_once, declaration, faults, people
from tests.api_client import Api, Reply
from tests.cpu import as_cheap_as

ACCENTS = "e" + "\u0301\u0316" * 60_000
"""Normalising this takes the square of its length: half a minute in which nothing else is answered."""


@pytest.mark.parametrize("field", ["reference", "document_number", "date_of_birth"])
def test_a_long_row_of_accents_is_refused_unread(hall: Hall, field: str) -> None:
    def recover(text: str) -> Reply:
        body = {"reference": "x", "document_number": "x", "date_of_birth": "x", field: text}
        return hall.anyone("POST", "/passes/recover", raw=json.dumps(body, ensure_ascii=False).encode())

    assert as_cheap_as(lambda: recover("e" * len(ACCENTS)), lambda: recover(ACCENTS))
    assert faults(recover(ACCENTS)) == {field: "too_long"}


def test_half_a_character_in_the_place_of_answers_is_refused(hall: Hall) -> None:
    person = hall.declare()
    reply = hall.officer("POST", f"/travellers/{person.id}/correct", {"answers": "\ud800"}, If_Match="*")
    assert (reply.status, faults(reply)) == (422, {"answers": "forbidden_character"})


def test_one_amendment_sent_at_once_is_answered_alike(hall: Hall) -> None:
    body = declaration()
    holder = people(hall.anyone("POST", "/declarations", body))[0]
    body["answers"]["seat"] = "33C"

    def amend(_: int) -> tuple[int, str]:
        holding = Api(hall.site.url, headers={"Authorization": f"Pass {holder.token}"})
        reply = holding("POST", "/declarations", body, Idempotency_Key=f"amend-{holder.id}")
        return reply.status, reply.body.get("traveller_id", "")

    assert set(at_once(6, amend)) == {(201, holder.id)}
    verbs = [entry["verb"] for entry in hall.officer("GET", f"/travellers/{holder.id}/history").body["items"]]
    assert verbs == ["declare", "amend"]


def test_the_first_releases_of_a_day_at_once(hall: Hall) -> None:
    housed = [hall.received(household_registration="banan", destination_district="banan") for _ in range(5)]
    for person in housed:
        place = {"kind": "home", "place": "x"}
        assert hall.officer("POST", f"/travellers/{person.id}/quarantine", place).status == 200

    def release(number: int) -> int:
        path = f"/travellers/{housed[number].id}/release"
        return Api(hall.site.url, hall.officer.key)("POST", path, {"reason": "x"}, If_Match="*").status

    assert at_once(5, release) == [200] * 5
    assert [hall.state(person) for person in housed] == ["released"] * 5


def test_an_id_longer_than_any_is_nobodys(hall: Hall) -> None:
    for path in ("/travellers/", "/dispatches/", "/messages?traveller_id=", "/messages?dispatch_id="):
        assert hall.officer("GET", path + "A" * 3000).status == 404, path


def test_contacts_of_another_district_are_not_told(hall: Hall) -> None:
    own = hall.at("district", "yuzhong")("GET", "/districts/yuzhong").body
    theirs = hall.at("district", "jiangbei")("GET", "/districts/yuzhong").body
    assert own["contacts"]
    assert (theirs["contacts"], theirs["on_duty"]) == ([], [])
    assert theirs["names"] == own["names"]


def test_a_pass_has_one_spelling_and_forged_ones_open_nothing(hall: Hall) -> None:
    token = hall.declare().token
    last = chr(ord(token[-1]) + 1)
    assert last in "BCDEFGHIJKLMNOPQRSTUVWXYZ234567", "of the last letter, two bits say nothing"
    forged = ["x", token[:-1], token + "A", token[:20] + token[21:], "B" + token[1:], token[1:], "A" * 122,
              token + "=" * 6, token[:-1] + last]  # fmt: skip
    for one in forged:
        reply = hall.anyone("POST", "/declarations", declaration(), Authorization=f"Pass {one}")
        assert reply.status == 401, one
