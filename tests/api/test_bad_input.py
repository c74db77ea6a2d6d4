"""What bad input gets: 422 with field, code and a sentence in the asked language, and nothing half-written."""

from typing import Any

import pytest

from chalicelib.actions.ports import View
from chalicelib.domain.case import Case
from tests.api.desk import Hall, companion, declaration, faults, new_document, people, today
from tests.intake.example import LEFT_OUT

MARKUP = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %}"


def refused(hall: Hall, **changes: Any) -> dict[str, str]:
    reply = hall.anyone("POST", "/declarations", declaration(**changes))
    assert reply.status == 422, str(reply.body)
    return faults(reply)


@pytest.mark.parametrize("field", ["family_name", "document_number", "flight_number", "phone", "signature_name"])
def test_a_missing_field_is_named(hall: Hall, field: str) -> None:
    assert refused(hall, **{field: LEFT_OUT}) == {field: "required"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"surname": "LI"}, {"surname": "unknown_field"}),
        ({"date_of_birth": "02/11/1984"}, {"date_of_birth": "date_unclear"}),
        ({"date_of_birth": "1984-02-30"}, {"date_of_birth": "date_impossible"}),
        ({"date_of_birth": {"day": 2, "month": 11, "year": 84}}, {"date_of_birth": "year_digits"}),
        ({"date_of_birth": 19840327}, {"date_of_birth": "wrong_type"}),
        ({"arrival_date": "2001-01-01"}, {"arrival_date": "too_early"}),
        ({"phone": "138-ABCD-8000"}, {"phone": "phone_characters"}),
        ({"phone": "+86 138"}, {"phone": "phone_too_short"}),
        ({"household_registration": "atlantis"}, {"household_registration": "unknown_district"}),
        ({"destination_district": "atlantis"}, {"destination_district": "unknown_district"}),
        ({"commitment": False}, {"commitment": "must_be_true"}),
        ({"consent_sensitive": "yes"}, {"consent_sensitive": "must_be_true"}),
        ({"family_name": "A" * 10_000}, {"family_name": "too_long"}),
        ({"family_name": "LI\x00"}, {"family_name": "forbidden_character"}),
        ({"family_name": "LI\u202eGNOHC"}, {"family_name": "forbidden_character"}),
        ({"family_name": "LI\x1b[31m"}, {"family_name": "forbidden_character"}),
        ({"family_name": "LI\ud800"}, {"family_name": "forbidden_character"}),
        ({"family_name": "L1"}, {"family_name": "digits"}),
        ({"family_name": {"$ne": ""}}, {"family_name": "wrong_type"}),
        ({"symptoms": ["fever"]}, {"symptoms": "contradiction"}),
        ({"companions": "two"}, {"companions": "wrong_type"}),
        ({"family_contacts": LEFT_OUT}, {"family_contacts": "required"}),
    ],
)
def test_each_fault_names_its_field(hall: Hall, changes: dict[str, Any], expected: dict[str, str]) -> None:
    assert refused(hall, **changes) == expected


def test_a_landline_cannot_be_texted_and_can_be_called(hall: Hall) -> None:
    contact = {"name": "李华", "relation": "母亲", "phone": "(023) 6370 1234", "language": "zh-Hans"}
    assert refused(hall, family_contacts=[contact]) == {"family_contacts.0.phone": "landline"}
    person = hall.declare(family_contacts=[{**contact, "reach": "call"}])
    kept = hall.officer("GET", f"/travellers/{person.id}?numbers=full").body["answers"]["family_contacts"]
    assert kept[0]["phone"] == "+862363701234"


def test_all_faults_come_at_once(hall: Hall) -> None:
    found = refused(hall, family_name=LEFT_OUT, phone="x", companions=[companion(sex="?")], nickname="Li")
    assert found == {
        "family_name": "required", "phone": "phone_characters", "companions.0.sex": "not_a_choice",
        "nickname": "unknown_field",
    }  # fmt: skip


def test_too_many_companions_and_one_document_for_two(hall: Hall) -> None:
    assert refused(hall, companions=[companion() for _ in range(9)]) == {"companions": "too_many"}
    document = new_document()
    doubled = refused(hall, document_number=document, companions=[companion(document_number=document)])
    assert doubled == {"companions.0.document_number": "repeated"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"form": "departure"}, {"form": "unknown"}),
        ({"form": "../../etc/passwd"}, {"form": "unknown"}),
        ({"form": "countries"}, {"form": "unknown"}),
        ({"form": "quarantine_checkin"}, {"form": "unknown"}),
        ({"version": 2}, {"version": "unknown"}),
        ({"version": 10**300}, {"version": "out_of_range"}),
        ({"version": "1"}, {"version": "wrong_type"}),
        ({"point": "XXX"}, {"point": "unknown"}),
        ({"point": "CKG\x00"}, {"point": "forbidden_character"}),
        ({"language": "tlh"}, {"language": "not_a_choice"}),
        ({"extra": 1}, {"extra": "unknown_field"}),
        ({"\ud800": 1}, {"body": "forbidden_character"}),
        ({"answers": []}, {"answers": "wrong_type"}),
        ({"answers": None}, {"answers": "wrong_type"}),
    ],
)
def test_the_body_around_the_answers(hall: Hall, changes: dict[str, Any], expected: dict[str, str]) -> None:
    reply = hall.anyone("POST", "/declarations", {**declaration(), **changes})
    assert (reply.status, faults(reply)) == (422, expected)


@pytest.mark.parametrize(
    "written",
    [
        "+86 138 0013 8000",
        "0086 138-0013-8000",
        "13800138000",
        "１３８ ００１３ ８０００",
        "١٣٨٠٠١٣٨٠٠٠",
        "138.0013.8000",
    ],
)
def test_phones_in_every_writing(hall: Hall, written: str) -> None:
    person = hall.declare(phone=written)
    assert hall.officer("GET", f"/travellers/{person.id}?numbers=full").body["answers"]["phone"] == "+8613800138000"


def test_documents_as_people_type_them(hall: Hall) -> None:
    document = new_document()
    wide = "".join(chr(ord(char) + 0xFEE0) for char in document)
    person = hall.declare(document_number=f" {wide[:3]} {wide[3:].lower()} ")
    found = hall.officer("GET", f"/travellers/{person.id}").body
    assert found["answers"]["document_number"] == document


def test_markup_is_text_in_every_field(hall: Hall) -> None:
    person = hall.declare(
        family_name="<b>{{x}}", destination_address=MARKUP, special_care=["other"], special_care_note=MARKUP
    )
    answers = hall.officer("GET", f"/travellers/{person.id}").body["answers"]
    assert answers["family_name"] == "<b>{{x}}"
    assert (answers["destination_address"], answers["special_care_note"]) == (MARKUP, MARKUP)


def test_nothing_of_a_refused_declaration_is_kept(hall: Hall) -> None:
    document, key = new_document(), new_document()
    bad = declaration(document_number=document, phone="nonsense", companions=[companion()])
    assert hall.anyone("POST", "/declarations", bad, Idempotency_Key=key).status == 422
    assert hall.officer("POST", "/travellers/search", {"document_number": document}).body["items"] == []
    good = declaration(document_number=document)
    kept = hall.anyone("POST", "/declarations", good, Idempotency_Key=key)
    assert kept.status == 201
    assert hall.wiring.store.get(Case, people(kept)[0].id).linked_to is None
    view = View(Case, "by_flight", f"CKG#{today()}#CA406")
    assert hall.wiring.store.page(view, 1).items


@pytest.mark.parametrize(
    ("language", "header", "sentence"),
    [
        ("zh-Hans", "", "请"),
        ("en", "zh-CN,zh;q=0.9", "请"),
        ("zh-Hans", "en-GB", "Enter"),
        ("zh-Hans", "tlh", "请"),
        ("en", "", "Enter"),
    ],
)
def test_sentences_are_in_the_asked_language(hall: Hall, language: str, header: str, sentence: str) -> None:
    asked: dict[str, Any] = {"Accept_Language": header} if header else {}
    reply = hall.anyone("POST", "/declarations", declaration(language, family_name=LEFT_OUT), **asked)
    (error,) = reply.body["errors"]
    assert error["message"].startswith(sentence), error["message"]
