"""What pages draw from: the form with what was typed, and answers read back."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.intake.presentation import anchor_of, error_summary, present
from chalicelib.intake.summary import rows, summarise
from chalicelib.intake.validate import validate
from chalicelib.intake.views import FieldView, SectionView
from tests.intake.example import CONTEXT, LEFT_OUT, valid_answers, valid_companion
from tests.intake.faults import FORM, read

NAMES = {"en": {"yuzhong": "Yuzhong", "yubei": "Yubei"}, "zh-Hans": {"yuzhong": "渝中区", "yubei": "渝北区"}}


def drawn(answers: dict[str, Any], language: str = "en", **more: Any) -> dict[str, FieldView]:
    return {view.name: view for view in _views(present(FORM, language, answers, NAMES[language], **more))}


def _views(sections: tuple[SectionView, ...]) -> Iterator[FieldView]:
    for section in sections:
        for view in section.fields:
            yield view
            for item in view.items:
                yield from item.fields


def test_an_empty_form_has_every_question_and_its_slots() -> None:
    views = drawn({})
    assert set(FORM.fields) <= set(views)
    assert [len(views[name].items) for name in ("places_14d", "family_contacts", "companions")] == [1, 2, 0]
    assert not views["family_contacts"].more
    assert views["companions"].more
    assert not views["family_contacts"].items[0].filled


def test_a_page_asks_for_more_items_and_never_too_many() -> None:
    assert len(drawn({}, slots={"companions": 3})["companions"].items) == 3
    assert len(drawn({}, slots={"companions": 99})["companions"].items) == 8
    assert not drawn({}, slots={"companions": 8})["companions"].more


def test_what_was_typed_stays() -> None:
    views = drawn(
        {
            "family_name": "<b>",
            "date_of_birth": {"day": "31", "year": "84"},
            "arrival_date": "2026-11-23",
            "symptoms": ["fever"],
            "commitment": True,
            "household_registration": "none",
            "companions": [{"seat": "32B", "nationality": "GB"}],
        }
    )
    assert views["family_name"].value == "<b>"
    assert [part.value for part in views["date_of_birth"].parts] == ["31", "", "84"]
    assert [part.value for part in views["arrival_date"].parts] == ["23", "11", "2026"]
    assert views["arrival_date"].parts[0].id == views["arrival_date"].anchor == "arrival_date-day"
    assert [option.value for option in views["symptoms"].options if option.chosen] == ["fever"]
    assert views["commitment"].ticked
    assert views["companions.0.seat"].value == "32B"
    assert [option.value for option in views["companions.0.nationality"].options if option.chosen] == ["GB"]
    assert [option.label for option in views["household_registration"].options if option.chosen] == [
        "No household registration in mainland China"
    ]


def test_words_are_in_the_language() -> None:
    views = drawn({}, "zh-Hans")
    assert views["household_registration"].label == "户籍所在地"
    assert views["household_registration"].options[0].label == "渝中区"
    assert views["seat"].label == "座位号（选填）"
    assert drawn({})["seat"].label == "Seat (optional)"
    assert drawn({})["symptoms"].label.endswith("?")


def test_the_boxes_of_a_date_stand_in_the_order_of_the_language() -> None:
    assert [part.label for part in drawn({})["date_of_birth"].parts] == ["Day", "Month", "Year"]
    chinese = drawn({}, "zh-Hans")["date_of_birth"]
    assert [part.label for part in chinese.parts] == ["年", "月", "日"]
    assert chinese.anchor == chinese.parts[0].id == anchor_of(FORM, "zh-Hans", "date_of_birth")


def test_the_page_chooses_beforehand_only_what_is_preset() -> None:
    contact = drawn({}, "zh-Hans")["family_contacts"].items[0].fields
    assert {view.name: view.value for view in contact if view.value} == {
        "family_contacts.0.reach": "text",
        "family_contacts.0.language": "zh-Hans",
    }


def test_each_field_shows_its_first_error_and_the_summary_links_to_it() -> None:
    answers = valid_answers(date_of_birth="02/11/20", companions=[valid_companion(seat=5)], junk=1)
    with pytest.raises(Invalid) as caught:
        validate(FORM, answers, CONTEXT)
    errors = caught.value.errors
    views = drawn(answers, errors=errors)
    assert "Enter the date of birth as" in views["date_of_birth"].error
    assert views["companions.0.seat"].error.endswith("(companion 1)")
    assert [anchor for anchor, _ in error_summary(FORM, "en", errors)] == ["date_of_birth-day", "companions-0-seat", ""]


def test_every_error_links_to_something_that_is_drawn() -> None:
    views = drawn({}, slots={"companions": 1})
    assert all(anchor_of(FORM, "en", name) == view.anchor for name, view in views.items())
    assert len({view.id for view in views.values()}) == len(views)


def test_what_belongs_together() -> None:
    views = drawn({}, slots={"companions": 1})
    assert views["symptoms"].other == "no_symptoms"
    assert views["companions.0.no_symptoms"].other == "symptoms"
    assert views["registration_elsewhere"].shown_when == {"household_registration": ("elsewhere",)}
    assert views["family_name"].autocomplete == "family-name"
    assert not views["companions.0.family_name"].autocomplete
    signed = views["commitment"].signs
    assert signed is not None
    assert signed == FORM.signed_texts("en")["commitment"]


JUNK = (
    st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.text())
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FORM.fields)), JUNK | st.lists(JUNK), max_size=6))
def test_whatever_was_typed_can_be_drawn(answers: dict[str, Any]) -> None:
    assert drawn(answers, errors=[FieldError("companions.0.x", "junk"), FieldError("", "junk")])


def test_answers_are_read_back() -> None:
    answers = read(valid_answers(symptoms=["fever", "sputum"], no_symptoms=LEFT_OUT, companions=[valid_companion()]))
    said = {row.name: (row.label, row.value) for row in rows(FORM, "en", answers, NAMES["en"])}
    assert said["date_of_birth"] == ("Date of birth", "27 March 1984")
    assert said["phone"] == ("Phone number", "+86 138 0013 8000")
    assert said["symptoms"][1] == "Fever, Cough with phlegm"
    assert said["places_14d.0.country"][1] == "Italy"
    assert said["commitment"][1] == "Agreed"
    assert said["companions.0.no_symptoms"] == ("Have they had any of these in the last 14 days?", "None of these")
    assert said["household_registration"][1] == "Yuzhong"


def test_answers_are_read_back_in_chinese() -> None:
    said = {row.name: row.value for row in rows(FORM, "zh-Hans", read(valid_answers()), NAMES["zh-Hans"])}
    assert said["date_of_birth"] == "1984年3月27日"
    assert said["household_registration"] == "渝中区"
    assert said["family_contacts.0.reach"] == "短信"
    assert said["fever_medicine_72h"] == "否"


def test_every_answer_is_read_back_once() -> None:
    answers = read(valid_answers(companions=[valid_companion(), valid_companion(document_number="E999")]))
    said = [row.name for row in rows(FORM, "en", answers, NAMES["en"])]
    assert len(said) == len(set(said))
    plain = {name for name in answers if name not in FORM.groups}
    items = {f"{group}.{n}.{key}" for group in FORM.groups for n, item in enumerate(answers[group]) for key in item}
    assert set(said) == plain | items
    titles = [part.title for part in summarise(FORM, "en", answers, NAMES["en"])]
    assert titles[-3:] == ["Companion 1", "Companion 2", "Declaration and commitment"]


def test_a_companions_own_answers_are_read_back_in_their_words() -> None:
    answers = read(valid_answers(companions=[valid_companion()]))
    companion = answers["companions"][0] | {"flight_number": "CA406", "family_contacts": answers["family_contacts"]}
    said = rows(FORM, "en", companion, NAMES["en"])
    assert (said[0].label, said[0].value) == ("Relation to you", "daughter")
    assert "Have they had a positive COVID-19 test in the last 14 days?" in {row.label for row in said}
    assert {row.name for row in said} >= {"family_name", "flight_number", "family_contacts.0.phone"}


def test_a_district_that_is_gone_still_reads() -> None:
    said = {row.name: row.value for row in rows(FORM, "en", {"household_registration": "gone"}, {})}
    assert said == {"household_registration": "gone"}
