"""Languages of texts: which is spoken, how its dates and names read, what keeps its price."""

import unicodedata
from datetime import date
from itertools import product

import pytest

from chalicelib.domain.segments import measure
from chalicelib.messaging import texts
from chalicelib.messaging.texts import render, short_date
from chalicelib.messaging.wordings import languages, template
from tests.messaging.realistic import LANGUAGES, TEMPLATES, values


@pytest.mark.parametrize(
    ("asked", "given_language"),
    [
        ("fr-CA", "fr"),
        ("de", "en"),
        ("en-GB", "en"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("pt-BR", "pt"),
        ("../../x", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_answers(asked: str, given_language: str) -> None:
    assert template("dispatched", "family", asked).language == given_language
    assert short_date(date(2020, 12, 7), asked) == short_date(date(2020, 12, 7), given_language)


def test_dates_are_short_and_unambiguous() -> None:
    assert short_date(date(2020, 12, 7), "en") == "7 Dec"
    assert short_date(date(2020, 12, 7), "zh-Hans") == "12月7日"


def test_every_language_that_is_written_in_has_its_word_for_drill() -> None:
    words = {language: texts.drill_word(language) for language in languages()}
    assert all(word == texts.drill_word("en") for language, word in words.items() if language == "en")
    assert all(word != texts.drill_word("en") for language, word in words.items() if language != "en")
    assert texts.drill_word("fr-CA") == texts.drill_word("fr")


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh-Hant", "12月7日"), ("ja", "12月7日"), ("ko", "12월 7일"), ("fr", "7 décembre"), ("es", "7 dic"),
     ("ru", "7 декабря"), ("ar", "7 ديسمبر"), ("pt", "7 dez"), ("th", "7 ธ.ค."), ("vi", "ngày 7/12")],
)  # fmt: skip
def test_dates_as_each_language_writes_them(language: str, text: str) -> None:
    assert short_date(date(2020, 12, 7), language) == text


def test_who_a_text_is_about_is_named_politely() -> None:
    together = {language: render("dispatched", "family", language, values(language, name="김*", others="2"))
                for language in ("ja", "ko", "th")}  # fmt: skip
    assert "김*様ほか2名は" in together["ja"]
    assert "김*님 외 2명이" in together["ko"]
    assert "คุณ김* และอีก 2 คน" in together["th"]
    assert "김*様は" in render("dispatched", "family", "ja", values("ja", name="김*"))
    assert "김*님이" in render("dispatched", "family", "ko", values("ko", name="김*"))


def test_the_first_language_with_texts_is_spoken() -> None:
    assert texts.language_for("de", "", "ko", "en") == "ko"
    assert texts.language_for("de-AT", "xx") == "en"
    assert texts.language_for("zh-MO") == "zh-Hant"
    assert texts.language_names()["fr"] == "Français"
    assert sorted(texts.language_names()) == LANGUAGES


def test_french_spanish_and_portuguese_stay_gsm_with_gsm_names() -> None:
    for language, (event, audience) in product(("fr", "es", "pt", "en"), TEMPLATES):
        for month in range(1, 13):
            text = render(
                event, audience, language, values(language, end_date=short_date(date(2026, month, 7), language))
            )
            assert measure(text).encoding == "GSM-7", text


def test_arabic_runs_from_the_right_and_its_numbers_do_not() -> None:
    for event, audience in TEMPLATES:
        text = render(event, audience, "ar", values("ar"))
        assert unicodedata.bidirectional(text[0]) == "AL"
        assert text.count("023-12345") == text.count("\u200e023-12345") == 1
