"""The check-in's own questions: a temperature in every way people write one, and one answer of two."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.intake.forms import current, load
from chalicelib.intake.posted import flatten, nest
from chalicelib.intake.summary import rows
from chalicelib.intake.validate import validate
from tests.intake.example import CONTEXT

FORM = load("quarantine_checkin", 1)


def faults(answers: Any) -> list[tuple[str, str]]:
    try:
        validate(FORM, answers, CONTEXT)
    except Invalid as invalid:
        return [(error.field, error.code) for error in invalid.errors]
    return []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("36.8", "36.8"), ("36,8", "36.8"), (" 36 . 8 ", "36.8"), ("37", "37.0"), ("３６．８", "36.8"),
        ("36.85", "36.9"),
        ("٣٦٫٨", "36.8"), ("36.8 °C", "36.8"), ("36.8℃", "36.8"), ("36.8c", "36.8"), ("36.8度", "36.8"), ("34", "34.0"),
    ],
)  # fmt: skip
def test_a_temperature_however_it_is_written(written: str, read: str) -> None:
    assert validate(FORM, {"temperature": written, "no_symptoms": True}, CONTEXT)["temperature"] == read


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("98.6", "too_high"), ("43.1", "too_high"), ("33.9", "too_low"), ("0", "too_low"), ("-37", "not_a_number"),
        ("hot", "not_a_number"), ("37.", "not_a_number"), ("3 7 5", "too_high"), ("37.555", "not_a_number"),
        ("98.6°F", "not_a_number"), (37.5, "wrong_type"), (["37"], "wrong_type"), ("3" * 90, "too_long"),
    ],
)  # fmt: skip
def test_what_is_no_temperature(written: Any, code: str) -> None:
    assert faults({"temperature": written, "no_symptoms": True}) == [("temperature", code)]


def test_one_of_two_each_time() -> None:
    assert faults({}) == [("temperature", "required"), ("symptoms", "required")]
    assert not faults({"no_thermometer": True, "symptoms": ["headache"]})
    both = {"temperature": "36.6", "no_thermometer": True, "symptoms": ["fever"], "no_symptoms": True}
    assert faults(both) == [("temperature", "contradiction"), ("symptoms", "contradiction")]


def test_it_is_read_back_in_words_and_posts_back_as_it_was() -> None:
    answers = validate(FORM, {"temperature": "36,8", "no_symptoms": True, "needs": ["food", "doctor"]}, CONTEXT)
    assert nest(FORM, flatten(answers)) == answers
    assert [row.value for row in rows(FORM, "en", answers, {})] == [
        "36.8 °C", "None of these", "A doctor, Other food or drinking water",
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from([*FORM.fields, "x"]), st.text() | st.floats() | st.lists(st.text())))
def test_whatever_is_sent_is_taken_or_refused_by_a_code(answers: dict[str, Any]) -> None:
    assert all(code for _, code in faults(answers))


def test_pages_hand_out_the_version_that_the_data_names() -> None:
    assert current("quarantine_checkin") is FORM
    assert FORM.use == "checkin"
    assert current("arrival").use == "declaration"
