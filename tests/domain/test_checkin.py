"""A day's check-in: when it tells of illness, which days are expected, which end date it suggests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.case import Case, Personal, Quarantine
from chalicelib.domain.checkin import Checkin, days_due, latest_of_days, suggested_end
from tests.domain.cases import case

START = date(2026, 12, 1)
STAY = Quarantine("hotel", START, START + timedelta(days=14))


def told(day: int = 2, number: int = 1, **answers: Any) -> Checkin:
    return Checkin(
        case_id="C", day=date(2026, 12, day), number=number, at=datetime(2026, 12, day, tzinfo=UTC),
        form="quarantine_checkin", form_version=1, language="en", sealed_with="CKG#2026-12-01",
        personal=Personal(answers=answers),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "signs"),
    [
        ({"temperature": "36.8", "no_symptoms": True}, ()),
        ({"temperature": "37.2"}, ()),
        ({"temperature": "37.3"}, ("fever",)),
        ({"no_thermometer": True, "symptoms": ["fever"]}, ("fever",)),
        ({"temperature": "38.0", "symptoms": ["dry_cough"]}, ("fever", "symptom")),
        ({"no_thermometer": True, "symptoms": ["diarrhoea"]}, ("symptom",)),
    ],
)
def test_what_the_staff_must_see_at_once(answers: dict[str, Any], signs: tuple[str, ...]) -> None:
    assert told(**answers).signs == signs


def test_a_note_alone_is_a_need() -> None:
    assert told(needs=["medicine", "food"]).needs == ("medicine", "food")
    assert told(needs_note="no towels").needs == ("other",)
    assert told(temperature="36.6").needs == ()


def housed(stay: Quarantine | None = STAY) -> Case:
    return replace(case(), quarantine=stay)


def test_every_whole_day_is_expected_and_neither_the_first_nor_the_last() -> None:
    due = days_due(housed(), START, date(2027, 1, 1))
    assert (due[0], due[-1], len(due)) == (date(2026, 12, 2), date(2026, 12, 14), 13)
    assert days_due(housed(), START, date(2026, 12, 3)) == (date(2026, 12, 2), date(2026, 12, 3))
    assert days_due(housed(), START, START) == ()
    assert days_due(housed(None), START, date(2027, 1, 1)) == ()


def test_no_day_before_there_was_a_pass_is_expected() -> None:
    assert days_due(housed(), date(2026, 12, 4), date(2026, 12, 5)) == (date(2026, 12, 5),)


def test_the_last_of_a_day_counts() -> None:
    first, second, other = told(2, 1), told(2, 2), told(3)
    assert latest_of_days([second, other, first]) == {second.day: second, other.day: other}


def test_an_end_that_counts_anew_from_the_last_day_of_illness() -> None:
    ill, well = told(5, temperature="38.1"), told(7, temperature="36.5")
    assert suggested_end(STAY, [ill, well], 14) == date(2026, 12, 19)
    assert suggested_end(STAY, [well], 14) is None
    assert suggested_end(replace(STAY, end_date=date(2026, 12, 19)), [ill], 14) is None
    assert suggested_end(STAY, [ill], 80) == START + timedelta(days=60)


def test_what_was_taken_back_the_same_day_suggests_nothing() -> None:
    assert suggested_end(STAY, [told(5, 1, temperature="39.9"), told(5, 2, temperature="36.6")], 14) is None
