"""Each answer type: what it takes, how it normalises, and why it says no."""

from datetime import date
from typing import Any

import pytest

from chalicelib.intake.context import IntakeContext
from chalicelib.intake.types import phones
from tests.intake.example import DISTRICTS, valid_answers
from tests.intake.faults import answer, faults, read


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  LI ", "LI"),
        ("O'Brien", "O'Brien"),
        ("O’Brien", "O’Brien"),
        ("Anne-Marie", "Anne-Marie"),
        ("van  der\u00a0Berg", "van der Berg"),
        ("Jr. Smith", "Jr. Smith"),
        ("欧阳·娜娜", "欧阳·娜娜"),
        ("Αλέξανδρος", "Αλέξανδρος"),
        ("محمد", "محمد"),
        ("नरेन्द्र", "नरेन्द्र"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("ʻOkina", "ʻOkina"),
        ("-", "-"),
        ("<b>Smith</b>", "<b>Smith</b>"),
        ("{{ config }}", "{{ config }}"),
        ("{% raw %}", "{% raw %}"),
        ("'; DROP TABLE cases; --", "'; DROP TABLE cases; --"),
        ("\ufeffLI\u200b", "LI"),
    ],
)
def test_names_take_any_script_and_markup_stays_text(written: str, kept: str) -> None:
    assert answer("family_name", written) == kept


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Smith2", "digits"),
        ("٣", "digits"),
        ("２", "digits"),
        ("x²", "digits"),
        ("x" * 10_240, "too_long"),
        ("x" * 81, "too_long"),
        ("LI\x00", "forbidden_character"),
        ("\x1f", "forbidden_character"),
        ("L\nI", "forbidden_character"),
        ("\u202eIL", "forbidden_character"),
        ("\u2066LI\u2069", "forbidden_character"),
        ("LI\ud800", "forbidden_character"),
        ("LI\uffff", "forbidden_character"),
        ("LI\U0001fffe", "forbidden_character"),
        (["LI"], "wrong_type"),
        ({"family_name": "LI"}, "wrong_type"),
        (5, "wrong_type"),
        (True, "wrong_type"),
        (None, "required"),
        ("", "required"),
        (" \t\u3000", "required"),
        ("\u200b", "required"),
    ],
)
def test_names_refused(written: Any, code: str) -> None:
    assert answer("family_name", written) == code


@pytest.mark.parametrize("field", ["name_zh", "seat", "phone", "email", "document_number", "special_care_note"])
@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "a\u202db", "a\u2067b", "a\x7fb"])
def test_no_text_field_takes_hidden_characters(field: str, bad: str) -> None:
    assert answer(field, bad) == "forbidden_character"


def test_long_text_keeps_its_lines_in_one_form() -> None:
    assert answer("special_care_note", " Exam\r\non  Monday \u2028{{7*7}}") == "Exam\non Monday\n{{7*7}}"
    assert answer("destination_address", "x" * 301) == "too_long"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1984-03-27", "1984-03-27"),
        ({"day": "27", "month": "3", "year": "1984"}, "1984-03-27"),
        ({"day": 27, "month": 3, "year": 1984}, "1984-03-27"),
        ({"day": " 2７", "month": "٣", "year": "1984"}, "1984-03-27"),
        ({"day": "29", "month": "2", "year": "2000"}, "2000-02-29"),
        ("2026-11-23", "2026-11-23"),
        ("02/11/20", "date_unclear"),
        ("27.3.1984", "date_unclear"),
        ("19840327", "date_unclear"),
        ("1984-3-27", "date_unclear"),
        ("1984-03-27T00:00:00Z", "date_unclear"),
        ({"day": "27", "month": "March", "year": "1984"}, "1984-03-27"),
        ({"day": "27日", "month": "三月", "year": "1984年"}, "1984-03-27"),
        ({"day": "27", "month": "3 月", "year": "1984"}, "1984-03-27"),
        ({"day": "1", "month": "août", "year": "1984"}, "1984-08-01"),
        ({"day": "1", "month": "Aout", "year": "1984"}, "1984-08-01"),
        ({"day": "1", "month": "Sept.", "year": "1984"}, "1984-09-01"),
        ({"day": "27", "month": "Ma", "year": "1984"}, "date_unclear"),
        ({"day": "March", "month": "27", "year": "1984"}, "date_unclear"),
        ({"day": "1984", "month": "3", "year": "27"}, "day_too_large"),
        ({"day": "3", "month": "27", "year": "1984"}, "month_too_large"),
        ({"day": "月", "month": "3", "year": "1984"}, "date_incomplete"),
        ({"day": -1, "month": 3, "year": 1984}, "date_unclear"),
        ({"day": "27", "month": "3", "year": "84"}, "year_digits"),
        ({"day": "27", "month": "3"}, "date_incomplete"),
        ({"day": "27", "month": "", "year": "1984"}, "date_incomplete"),
        ({"day": "30", "month": "2", "year": "2000"}, "date_impossible"),
        ({"day": 0, "month": 3, "year": 1984}, "date_impossible"),
        ("1984-13-01", "date_impossible"),
        ("2100-02-29", "date_impossible"),
        ("0000-01-01", "date_impossible"),
        ("2026-11-24", "too_late"),
        ("1884-03-27", "too_early"),
        ({"day": "27", "month": "3", "year": "1984", "era": "x"}, "wrong_type"),
        ({"day": True, "month": 3, "year": 1984}, "wrong_type"),
        ({"day": [1], "month": {}, "year": 1984}, "wrong_type"),
        (19840327, "wrong_type"),
        (["1984-03-27"], "wrong_type"),
        ("1" * 5000, "too_long"),
    ],
)
def test_dates_are_never_guessed(written: Any, kept: str) -> None:
    assert answer("date_of_birth", written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-26", "2026-11-26"),
        ("2026-11-19", "too_early"),
        ("2026-11-27", "too_late"),
    ],
)
def test_arrival_is_within_three_days(written: str, kept: str) -> None:
    assert answer("arrival_date", written) == kept


def test_days_are_counted_across_months() -> None:
    context = IntakeContext(today=date(2026, 7, 1), districts=DISTRICTS)
    assert not faults(valid_answers(date(2026, 6, 30)), context)
    assert ("arrival_date", "too_early") in faults(valid_answers(date(2026, 6, 27)), context)


@pytest.mark.parametrize(
    "written",
    [
        "+86 138 0013 8000",
        "+86-138-0013-8000",
        "+86 (138) 0013 8000",
        "0086 13800138000",
        "(+86) 138 0013 8000",
        "（0086）13800138000",
        "86 138 0013 8000",
        "138 0013 8000",
        "138.0013.8000",
        "１３８００１３８０００",
        "＋８６１３８００１３８０００",
        "١٣٨٠٠١٣٨٠٠٠",
        "\u200e+86\u00a0138\u20100013\u20108000",
    ],
)
def test_phones_as_people_write_them(written: str) -> None:
    assert answer("phone", written) == "+8613800138000"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("(023) 6315 1234", "+862363151234"),
        ("023-63151234", "+862363151234"),
        ("+44 20 7946 0018", "+442079460018"),
        ("+39 06 698 12345", "+390669812345"),
        ("+1 (202) 555-0123", "+12025550123"),
        ("138 0013 800", "phone_unknown"),
        ("12", "phone_too_short"),
        ("+86 138 0013 8000 0000 0000", "phone_too_long"),
        ("+999 138 0013 8000", "phone_country"),
        ("+00 1", "phone_too_short"),
        ("1-800-FLOWERS", "phone_characters"),
        ("138 0013 8000 ext. 5", "phone_characters"),
        ("tel:+8613800138000", "phone_characters"),
        ("<script>", "phone_characters"),
        ("+", "phone_characters"),
        ("()", "phone_unknown"),
        ("9" * 3000, "too_long"),
        (13800138000, "wrong_type"),
    ],
)
def test_phones_normalised_or_refused_with_the_reason(written: Any, kept: str) -> None:
    assert answer("phone", written) == kept


def test_national_numbers_belong_to_the_points_region() -> None:
    context = IntakeContext(today=date(2026, 11, 23), districts=DISTRICTS, point_region="DE")
    assert read(valid_answers(phone="0151 23456789", no_family_contact=True, family_contacts=[]), context)["phone"] == (
        "+4915123456789"
    )


def test_00_dials_abroad_whatever_the_region() -> None:
    context = IntakeContext(today=date(2026, 11, 23), districts=DISTRICTS, point_region="US")
    answers = valid_answers(phone="0044 20 7946 0018", family_contacts=[], no_family_contact=True)
    assert read(answers, context)["phone"] == "+442079460018"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("fr", "fr"), ("zh-Hans", "zh-Hans"), ("../en", ""), ("EN", ""), ("x" * 500, ""), (5, "")],
)
def test_languages_of_contacts(written: Any, kept: str) -> None:
    contact = {"name": "Li", "relation": "son", "phone": "13800138000", "language": written}
    answers = valid_answers(family_contacts=[contact])
    if not kept:
        assert [field for field, _ in faults(answers)] == ["family_contacts.0.language"]
    else:
        assert read(answers)["family_contacts"][0]["language"] == kept


def test_which_numbers_receive_texts() -> None:
    assert phones.receives_texts("+8613800138000")
    assert phones.receives_texts("+12025550123")
    assert not phones.receives_texts("+862363151234")
    assert not phones.receives_texts("+864008123456")


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        ("sex", "female", "female"),
        ("sex", "F", "female"),
        ("sex", "woman", "not_a_choice"),
        ("sex", ["male"], "wrong_type"),
        ("symptoms", "fever", "wrong_type"),
        ("symptoms", ["plague"], "not_a_choice"),
        ("symptoms", [["fever"]], "wrong_type"),
        ("symptoms", ["fever"] * 101, "too_many"),
        ("special_care", ["other", "infant", "other"], ["infant", "other"]),
        ("fever_medicine_72h", "yes", "yes"),
        ("fever_medicine_72h", True, "wrong_type"),
        ("fever_medicine_72h", "Yes", "not_a_choice"),
        ("fever_medicine_72h", "maybe", "not_a_choice"),
        ("consent_sensitive", False, "must_be_true"),
        ("consent_sensitive", "true", "must_be_true"),
        ("consent_sensitive", 1, "must_be_true"),
        ("consent_sensitive", None, "required"),
        ("no_symptoms", "yes", "wrong_type"),
        ("no_symptoms", 1, "wrong_type"),
        ("nationality", "gb", "GB"),
        ("nationality", "ＣＮ", "CN"),
        ("nationality", "XX", "unknown_country"),
        ("nationality", "CHN", "unknown_country"),
        ("nationality", "China", "unknown_country"),
        ("flight_number", "CA406", "CA406"),
        ("flight_number", "ca 406", "CA406"),
        ("flight_number", "CA-0406", "CA406"),
        ("flight_number", "ＣＡ４０６", "CA406"),
        ("flight_number", "3U8888", "3U8888"),
        ("flight_number", "CA406D", "CA406D"),
        ("flight_number", "406", "not_a_flight"),
        ("flight_number", "33406", "not_a_flight"),
        ("flight_number", "CA", "not_a_flight"),
        ("flight_number", "CA0000", "not_a_flight"),
        ("flight_number", "CA40666", "not_a_flight"),
        ("document_number", "e 1234 5678", "E12345678"),
        ("document_number", "Ｅ１２３４５６７８", "E12345678"),
        ("document_number", "h\u3000１２３(４)", "H123(4)"),
        ("document_number", "AB–12", "AB-12"),
        ("document_number", "E1", "too_short"),
        ("document_number", "E" * 21, "too_long"),
        ("document_number", "护照123", "document_characters"),
        ("document_number", "E12;DROP", "document_characters"),
        ("household_registration", "atlantis", "unknown_district"),
        ("household_registration", ["yuzhong"], "wrong_type"),
        ("destination_district", "elsewhere", "unknown_district"),
        ("email", "Li.Ming+x@Example.COM", "Li.Ming+x@example.com"),
        ("email", "李@例子.中国", "李@例子.中国"),
        ("email", "li@example", "not_an_email"),
        ("email", "li example.com", "not_an_email"),
        ("email", "<b>@example.com", "not_an_email"),
        ("email", "a@b@c..d", "not_an_email"),
        ("email", "x@" + "a-" * 120 + ".c", "not_an_email"),
    ],
)
def test_other_types(field: str, written: Any, kept: Any) -> None:
    without = {"symptoms": {"no_symptoms": None}}.get(field, {})
    answers = valid_answers(**{field: written}, **without)
    found = dict(faults(answers))
    assert (found[field] if found else read(answers)[field]) == kept
