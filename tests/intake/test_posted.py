"""From a page's flat pairs to answers and back."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.intake.posted import MOST_PAIRS, flatten, nest, without_item
from tests.intake.example import valid_answers, valid_companion, valid_companions
from tests.intake.faults import FORM, faults, read


def page(*pairs: tuple[str, str]) -> dict[str, Any]:
    return nest(FORM, pairs)


def test_paths_become_answers() -> None:
    assert page(
        ("family_name", "LI"),
        ("date_of_birth.day", "27"),
        ("date_of_birth.month", "3"),
        ("date_of_birth.year", "1984"),
        ("symptoms", "fever"),
        ("symptoms", "sputum"),
        ("commitment", "true"),
        ("companions.0.family_name", "LI"),
        ("companions.0.date_of_birth.year", "2015"),
        ("companions.0.symptoms", "fever"),
        ("companions.0.no_symptoms", "true"),
    ) == {
        "family_name": "LI",
        "date_of_birth": {"day": "27", "month": "3", "year": "1984"},
        "symptoms": ["fever", "sputum"],
        "commitment": True,
        "companions": [
            {"family_name": "LI", "date_of_birth": {"year": "2015"}, "symptoms": ["fever"], "no_symptoms": True}
        ],
    }


def test_what_was_left_empty_is_left_out() -> None:
    assert page(("seat", ""), ("name_zh", "  "), ("date_of_birth.day", ""), ("symptoms", "")) == {}


def test_an_empty_contact_is_dropped_though_the_page_chose_for_it() -> None:
    preset = [("family_contacts.0.reach", "text"), ("family_contacts.0.language", "en"), ("family_contacts.0.name", "")]
    assert page(*preset) == {"family_contacts": []}
    second = ("family_contacts.1.name", "李华")
    assert page(*preset, second) == {"family_contacts": [{"name": "李华"}]}


def test_items_keep_their_order() -> None:
    found = page(("companions.10.seat", "c"), ("companions.2.seat", "b"), ("companions.0.seat", "a"))
    assert [item["seat"] for item in found["companions"]] == ["a", "b", "c"]


def test_the_pages_own_fields_are_not_the_forms() -> None:
    assert page(("_token", "x"), ("_add", "companions")) == {}


@pytest.mark.parametrize(
    "name",
    [
        "junk",
        "family_name.first",
        "date_of_birth.era",
        "companions.0.phone",
        "companions.x.seat",
        "a.b.c.d.e.f",
        "",
        "companions.9999.seat",
        "companions.-1.seat",
        "companions.٣.seat",
        "companions.0.",
        "companions..seat",
    ],
)
def test_names_that_the_form_does_not_have_are_refused_later(name: str) -> None:
    answers = valid_answers() | page((name, "x"))
    assert faults(answers) == [(name, "unknown_field")]


@pytest.mark.parametrize("name", ["companions", "family_contacts"])
def test_a_group_that_is_posted_as_one_value(name: str) -> None:
    answers = valid_answers() | page((name, "x"))
    assert faults(answers) == [(name, "wrong_type")]


def test_a_box_that_is_posted_with_another_value_is_not_ticked() -> None:
    assert faults(valid_answers() | page(("commitment", "on"))) == [("commitment", "must_be_true")]


def test_too_many_pairs() -> None:
    with pytest.raises(Invalid) as caught:
        page(*[("symptoms", "fever")] * (MOST_PAIRS + 1))
    assert [(error.field, error.code) for error in caught.value.errors] == [("answers", "too_many_fields")]


def test_the_largest_honest_post_fits() -> None:
    everything = valid_companions(
        8,
        no_symptoms=None,
        symptoms=list(FORM.fields["symptoms"].options),
        special_care=list(FORM.fields["special_care"].options),
        special_care_note="x\ny",
    )
    answers = read(valid_answers(companions=everything))
    assert len(flatten(answers)) < MOST_PAIRS / 2
    assert nest(FORM, flatten(answers)) == answers


def test_there_and_back_through_a_browser() -> None:
    answers = read(
        valid_answers(companions=[valid_companion()], special_care_note="one\ntwo <b>", special_care=["other"])
    )
    posted = urlencode([(name, value.replace("\n", "\r\n")) for name, value in flatten(answers)])
    assert read(nest(FORM, parse_qsl(posted, keep_blank_values=True))) == answers


def test_unfinished_answers_come_back_as_they_were() -> None:
    unfinished = {"family_name": "x\x00", "date_of_birth": {"day": "31"}, "companions": [{"seat": "1"}], "junk": "y"}
    assert nest(FORM, flatten(unfinished)) == unfinished


def test_an_item_is_taken_out() -> None:
    pairs = [("companions.1.seat", "a"), ("companions.10.seat", "b"), ("seat", "c")]
    assert without_item(pairs, "companions.1") == pairs[1:]


PARTS = [
    "companions",
    "date_of_birth",
    "symptoms",
    "0",
    "1",
    "seat",
    "day",
    "",
    "x",
    "commitment",
    "places_14d",
    "from",
]
PATHS = st.lists(st.sampled_from(PARTS), max_size=5).map(".".join) | st.text()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(PATHS, st.text() | st.just("true")), max_size=12))
def test_whatever_is_posted_is_refused_in_order(pairs: list[tuple[str, str]]) -> None:
    answers = nest(FORM, pairs)
    assert faults(answers)
    assert flatten(answers) is not None
