"""Corrections, quarantine, holds and release through the API."""

from datetime import timedelta

import pytest

from tests.api.desk import Hall, companion, faults, new_document, today


def test_a_correction_changes_what_it_names_and_keeps_the_rest(hall: Hall) -> None:
    person = hall.declare()
    corrected = hall.officer.verb(
        person.id, "correct", {"answers": {"seat": "12c", "email": None, "phone": "139 1111 2222"}, "reason": "misread"}
    )
    assert corrected.status == 200
    answers = corrected.body["answers"]
    assert (answers["phone"], "email" in answers, answers["family_name"]) == ("+86 139••••2222", False, "LI")
    history = hall.officer("GET", f"/travellers/{person.id}/history").body["items"]
    assert history[-1]["facts"]["fields"] == ["email", "phone", "seat"]
    assert history[-1]["detail"] == {"reason": "misread"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {"answers": "too_short"}),
        ({"nickname": "Li"}, {"nickname": "unknown_field"}),
        ({"phone": "x"}, {"phone": "phone_characters"}),
        ({"family_name": None}, {"family_name": "required"}),
        ({"commitment": False}, {"commitment": "must_be_true"}),
        ({"family_name": "\x00"}, {"family_name": "forbidden_character"}),
    ],
)
def test_a_correction_is_judged_by_the_form(hall: Hall, answers: dict[str, object], expected: dict[str, str]) -> None:
    person = hall.declare()
    before = hall.officer("GET", f"/travellers/{person.id}")
    reply = hall.officer.verb(person.id, "correct", {"answers": answers})
    assert (reply.status, faults(reply)) == (422, expected)
    assert hall.officer("GET", f"/travellers/{person.id}").etag == before.etag


def test_a_companion_is_corrected_alone(hall: Hall) -> None:
    declarer, other = hall.party(companions=[companion()])
    assert hall.officer.verb(other.id, "correct", {"answers": {"seat": "9F"}}).body["seat"] == "9F"
    refused = hall.officer.verb(other.id, "correct", {"answers": {"relation": "x" * 41, "sex": "?"}})
    assert faults(refused) == {"relation": "too_long", "sex": "not_a_choice"}
    assert hall.officer("GET", f"/travellers/{declarer.id}").body["declarations"] == 1


def test_a_correction_cannot_take_anothers_document(hall: Hall) -> None:
    document = new_document()
    hall.declare(document_number=document)
    reply = hall.officer.verb(hall.declare().id, "correct", {"answers": {"document_number": document}})
    assert (reply.status, reply.body["code"]) == (409, "document_known")


def test_quarantine_from_start_to_an_early_end(hall: Hall) -> None:
    person = hall.received()
    path = f"/travellers/{person.id}"
    started = hall.officer("POST", f"{path}/quarantine", {"kind": "hotel", "place": "滨江酒店", "room": "1203"}).body
    end = today() + timedelta(14)
    assert started["quarantine"] == {
        "kind": "hotel", "place": "滨江酒店", "room": "1203", "start_date": str(today()), "end_date": str(end),
        "days_left": 14,
    }  # fmt: skip
    again = hall.officer("POST", f"{path}/quarantine", {"kind": "home", "place": "x"})
    assert (again.status, again.body["state"]) == (409, "in_quarantine")
    assert "quarantine/change" in again.body["allowed"]
    later = {"end_date": str(end + timedelta(3)), "reason": "阳性同行"}
    assert hall.officer("POST", f"{path}/quarantine/change", later).body["quarantine"]["days_left"] == 17
    assert hall.officer("POST", f"{path}/quarantine/change", later).body["code"] == "same_end_date"
    held = hall.officer("POST", f"{path}/hold", {"reason": "复查"})
    assert (held.body["held"], "unhold" in held.body["allowed"], "hold" in held.body["allowed"]) == (True, True, False)
    assert hall.officer("POST", f"{path}/hold", {"reason": "x"}).body["code"] == "already_held"
    assert hall.officer("POST", f"{path}/unhold", {"reason": "ok"}).body["held"] is False
    assert hall.officer("POST", f"{path}/unhold", {"reason": "ok"}).status == 409
    assert faults(hall.officer.verb(person.id, "release")) == {"reason": "required"}
    released = hall.officer.verb(person.id, "release", {"reason": "医嘱"}).body
    assert (released["state"], released["released_at"] is not None) == ("released", True)
    assert hall.officer.verb(person.id, "release", {"reason": "x"}).body["state"] == "released"
    events = {
        (m["event"], m["state"]) for m in hall.officer("GET", f"/messages?traveller_id={person.id}").body["items"]
    }
    assert ("quarantine_started", "cancelled") in events
    assert {event for event, _ in events} >= {"quarantine_started", "date_changed", "quarantine_ended"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "tent", "place": "x"}, "kind"),
        ({"kind": "home"}, "place"),
        ({"kind": "home", "place": " "}, "place"),
        ({"kind": "home", "place": "x", "days": 0}, "days"),
        ({"kind": "home", "place": "x", "days": 10**30}, "days"),
        ({"kind": "home", "place": "x", "days": "14"}, "days"),
        ({"kind": "home", "place": "x", "start_date": "2001-01-01"}, "start_date"),
        ({"kind": "home", "place": "x", "start_date": "9999-12-31"}, "start_date"),
        ({"kind": "home", "place": "x", "start_date": "02/11/20"}, "start_date"),
        ({"kind": "home", "place": "x\u202e"}, "place"),
        ({"kind": "home", "place": "x" * 10_000}, "place"),
    ],
)
def test_quarantines_that_cannot_be(hall: Hall, body: dict[str, object], field: str) -> None:
    person = hall.declare()
    path = f"/travellers/{person.id}/quarantine"
    reply = hall.officer("POST", path, body)
    # In the state of a declared traveller the types are judged first, the dates after.
    assert (reply.status, field in faults(reply)) == (422, True) if reply.status == 422 else reply.status == 409


@pytest.mark.parametrize("end", ["2001-01-01", "9999-12-31", "0001-01-01"])
def test_end_dates_that_cannot_be(hall: Hall, end: str) -> None:
    person = hall.received()
    path = f"/travellers/{person.id}/quarantine"
    assert hall.officer("POST", path, {"kind": "home", "place": "x", "days": 10**30}).status == 422
    assert faults(hall.officer("POST", path, {"kind": "home", "place": " "})) == {"place": "required"}
    assert faults(hall.officer("POST", path, {"kind": "home", "place": "x", "start_date": end})) != {}
    assert hall.officer("POST", path, {"kind": "home", "place": "x"}).status == 200
    reply = hall.officer("POST", f"{path}/change", {"end_date": end, "reason": "x"})
    assert (reply.status, list(faults(reply))) == (422, ["end_date"])
