"""Which phones are asked for twice, and what ends the doubt."""

from typing import Any

import pytest

from chalicelib.intake.doubts import ROWS, Doubt, doubts, name_of
from tests.intake.example import CONTEXT, valid_answers
from tests.intake.faults import FORM, read

CONTACT = valid_answers()["family_contacts"][0]
PATH = "family_contacts.0.phone"


def doubted(phone: str, again: str = "", **more: Any) -> list[tuple[str, str]]:
    answers = read(valid_answers(family_contacts=[{**CONTACT, "phone": phone}], **more))
    found = doubts(FORM, answers, [(name_of(PATH), again)] if again else [], CONTEXT)
    return [(doubt.path, doubt.code) for doubt in found]


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("138 0013 8000", "same"),
        ("139 1111 1111", "row"),
        ("139 1234 5678", "row"),
        ("139 8765 4321", "row"),
        ("+39 312 345 6789", "row"),
        ("+93 70 123 0456", "abroad"),
        ("+852 6123 4321", "abroad"),
    ],
)
def test_an_unlikely_phone_is_asked_for_again(phone: str, code: str) -> None:
    assert doubted(phone) == [(PATH, code)]
    assert not doubted(phone, again=phone)
    assert not doubted(phone, again=f" {phone.replace(' ', '-')} ")
    assert doubted(phone, again="139 0013 9001") == [(PATH, "differs")]
    assert doubted(phone, again="no number") == [(PATH, "differs")]


@pytest.mark.parametrize("phone", ["139 0013 9000", "+39 312 340 6781", "023 6315 1162"])
def test_a_likely_one_is_not(phone: str) -> None:
    answers = {"reach": "call"} if phone.startswith("0") else {}
    contact = {**CONTACT, **answers, "phone": phone}
    assert not doubts(FORM, read(valid_answers(family_contacts=[contact])), [], CONTEXT)


def test_countries_are_those_that_the_traveller_names() -> None:
    assert not doubted("+44 7911 120456", nationality="GB")
    assert not doubted("+44 7911 120456", document_country="GB")
    assert doubted("+44 7911 120456") == [(PATH, "abroad")]


def test_two_contacts_with_one_phone_and_the_number_as_understood() -> None:
    other = {**CONTACT, "name": "李强"}
    answers = read(valid_answers(family_contacts=[CONTACT, other]))
    assert doubts(FORM, answers, [], CONTEXT) == (Doubt("family_contacts.1.phone", "same", "+86 139 0013 9000"),)


def test_rows_go_up_and_are_alike() -> None:
    assert {"000000", "999999", "012345", "456789"} <= set(ROWS)
    assert len(ROWS) == 15
