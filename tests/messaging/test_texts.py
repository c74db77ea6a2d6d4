"""Every text: complete, polite to the purse (one segment), without a link, and safe against its own values."""

import re
import unicodedata
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.masking import mask_name
from chalicelib.domain.messages import Content
from chalicelib.domain.segments import measure
from chalicelib.messaging import registered, texts, wordings
from chalicelib.messaging.texts import render, short_date
from chalicelib.messaging.wordings import TemplateFault, languages, parse, template

TEMPLATES = [
    *product(["dispatched", "plan_changed", "quarantine_ended"], ["family", "traveller", "district"]),
    *product(["quarantine_started", "date_changed"], ["family", "traveller"]),
    ("unacknowledged", "district"),
    ("unacknowledged", "coordinator"),
    *product(["acknowledged", "awaited", "unknown_code"], ["district"]),
    ("help", "sender"),
]
LANGUAGES = ["ar", "en", "es", "fr", "ja", "ko", "pt", "ru", "th", "vi", "zh-Hans", "zh-Hant"]
NAMES = [
    mask_name("Smith", "William"),
    mask_name("Gonçalves", "Éric"),
    mask_name("García Márquez de la Concordia", "Gabriel"),
    mask_name("Venkatanarasimharajuvaripeta", "Sri"),
    mask_name("Иванов", "Пётр"),
    mask_name("Nguyễn", "Thị"),
    mask_name("O’Brien", "Seán"),
    mask_name("", "", "李小明"),
    mask_name("", "", "欧阳娜娜"),
]
DISTRICTS = {
    "en": ["Yuzhong", "Nan'an", "Liangjiang New Area", "High-tech Zone"],
    "zh-Hans": ["渝中区", "酉阳土家族苗族自治县", "两江新区"],
}
BEGINNINGS = {"zh-Hans": "【口岸驿站】", "zh-Hant": "【口岸驛站】", "ja": "【Waystation】", "ko": "[Waystation] ",
              "fr": "Waystation : ", "ar": "محطة العبور: "}  # fmt: skip
KNOWN = registered.parse(
    """
["+86".templates."dispatched/family/zh-Hans"]
content_sid = "HX0123456789abcdef0123456789abcdef"
version = 1

["+81".templates."dispatched/family/ja"]
content_sid = "HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
version = 1
wording = 3

["+82"]
registered_only = false

["+82".templates."dispatched/family/ko"]
content_sid = "HXbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
version = 99

["+8190"]
registered_only = true
"""
)
HOTLINES = ["023-12345", "12320", "023-67152000"]


def values(language: str, **given_values: str) -> dict[str, str]:
    usual = {
        "name": "W. Smith",
        "others": "0",
        "district": DISTRICTS.get(language, DISTRICTS["en"])[0],
        "heads": "36",
        "end_date": short_date(date(2020, 12, 27), language),
        "hotline": "023-12345",
        "code": "4821",
    }
    return usual | given_values


def realistic(language: str) -> list[dict[str, str]]:
    several = product(NAMES, ["0", "3"], DISTRICTS[language], HOTLINES)
    return [
        values(language, name=name, others=others, district=district, hotline=hotline, heads="60")
        for name, others, district, hotline in several
    ]


@pytest.mark.parametrize(("event", "audience"), TEMPLATES)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_one_segment_at_realistic_values(event: str, audience: str, language: str) -> None:
    for chosen in realistic(language):
        text = render(event, audience, language, chosen)
        assert measure(text).segments == 1, f"{measure(text)} {text}"


@pytest.mark.parametrize(("event", "audience"), TEMPLATES)
def test_all_languages_are_complete_and_declare_the_same(event: str, audience: str) -> None:
    found = [template(event, audience, language) for language in LANGUAGES]
    assert [one.language for one in found] == LANGUAGES
    assert {one.variables for one in found} == {found[0].variables}
    for one in found:
        used = {name for wording in one.wordings for name in re.findall(r"\{(\w+)\}", wording)}
        assert {wordings.DERIVED.get(name, name) for name in used} == set(one.variables)


def test_there_is_no_template_that_nobody_tests() -> None:
    files = {tuple(path.relative_to(wordings.FOLDER).parts) for path in wordings.FOLDER.glob("*/*.txt")}
    assert files == {(event, f"{audience}.{language}.txt") for event, audience in TEMPLATES for language in LANGUAGES}


@pytest.mark.parametrize(("event", "audience"), TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_says_who_and_where_to_ask_and_has_no_link(event: str, audience: str, language: str) -> None:
    for wording in template(event, audience, language).wordings:
        assert wording.startswith(BEGINNINGS.get(language, "Waystation: "))
        assert "{hotline}" in wording
        assert not re.search(r"https?:|www\.|://|\w\.\w\w+/|\.(com|cn|org|net)\b", wording)
        assert wording == wording.strip()


@pytest.mark.parametrize(("event", "audience"), TEMPLATES)
def test_an_english_text_with_a_foreign_letter_keeps_to_70(event: str, audience: str) -> None:
    if "name" not in template(event, audience, "en").variables:
        return
    text = render(event, audience, "en", values("en", name="F. Gonçalves", others="2", district="Liangjiang New Area"))
    assert len(text) <= 70, text
    assert "F. Gonçalves" in text


def test_the_fullest_wording_that_fits_is_sent() -> None:
    plain = render("dispatched", "family", "en", values("en"))
    assert plain == (
        "Waystation: W. Smith left the airport for Yuzhong, where staff will receive them. Questions? Call 023-12345"
    )
    assert render("dispatched", "family", "en", values("en", name="F. Gonçalves")) == (
        "Waystation: F. Gonçalves left for Yuzhong. Call 023-12345"
    )


def test_a_party_is_counted_in_its_language() -> None:
    assert "W. Smith +2 left" in render("dispatched", "family", "en", values("en", others="2"))
    assert "李*及同行2人已乘车" in render("dispatched", "family", "zh-Hans", values("zh-Hans", name="李*", others="2"))
    assert "李*已乘车" in render("dispatched", "family", "zh-Hans", values("zh-Hans", name="李*", others="0"))


@pytest.mark.parametrize(("event", "audience"), TEMPLATES)
def test_a_missing_variable_fails(event: str, audience: str) -> None:
    for name in template(event, audience, "en").variables:
        given_values = values("en")
        del given_values[name]
        with pytest.raises(TemplateFault, match=name):
            render(event, audience, "en", given_values)


@pytest.mark.parametrize(
    "content",
    [
        "Hello {name}\n",
        "version=1 variables=\nHello\n",
        "version=1 variables=name\nHello {name} {plate}\n",
        "version=1 variables=name\nHello {name!r}\n",
        "version=1 variables=name\nHello {name\n",
        "version=1 variables=name\nHello\nthere {name}\n",
        "version=1 variables=name\n",
    ],
)
def test_a_malformed_template_fails(content: str) -> None:
    with pytest.raises(TemplateFault):
        parse(content, "event", "family", "en")


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


def test_an_unknown_template_is_said_so() -> None:
    with pytest.raises(TemplateFault, match="no such template"):
        render("married", "family", "en", values("en"))


@pytest.mark.parametrize("name", ["{hotline}", "{{name}}", "%s", "{0.__class__}", "a}b{c", "\\1", "<b>", "{{ 7*7 }}"])
def test_braces_in_a_value_are_text(name: str) -> None:
    assert name in render("dispatched", "family", "en", values("en", name=name))


@given(st.text(max_size=60))
def test_a_value_never_starts_a_new_line_or_turns_the_text_around(name: str) -> None:
    text = render("dispatched", "family", "en", values("en", name=name))
    assert not set(text) & {"\n", "\r", "\x00", "\u202e", "\u2028"}


def test_dates_are_short_and_unambiguous() -> None:
    assert short_date(date(2020, 12, 7), "en") == "7 Dec"
    assert short_date(date(2020, 12, 7), "zh-Hans") == "12月7日"


def test_a_text_of_a_drill_begins_with_the_word_for_it_and_still_fits() -> None:
    values = {"name": "W. Smith", "others": "0", "district": "Yuzhong", "hotline": "023-12320", "drill": "yes"}
    assert texts.render("dispatched", "family", "en", values).startswith("DRILL: Waystation")
    assert texts.render("dispatched", "family", "zh-Hans", values).startswith("【演练】【口岸驿站】")
    assert texts.render("dispatched", "family", "xx", values).startswith("DRILL: ")
    assert not texts.render("dispatched", "family", "en", {**values, "drill": ""}).startswith("DRILL")


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


def test_a_test_says_that_it_is_one() -> None:
    for language in LANGUAGES:
        text = render("dispatched", "family", language, values(language))
        assert texts.marked(text, language).startswith(text)
        assert texts.marked(text, language) != text
    assert texts.marked("【口岸驿站】李*", "zh-Hans") == "【口岸驿站】李*（测试短信）"


def bound(to: str, language: str, **changes: str) -> tuple[str, object]:
    known = values(language, **changes)
    return texts.compose("dispatched", "family", language, known, to, KNOWN)


def test_a_registered_text_goes_as_it_is_registered() -> None:
    body, content = bound("+8613800138000", "zh-Hans", name="李*", others="2", hotline="12320\u00a0")
    assert body == "【口岸驿站】李*及同行2人已乘车前往渝中区，有专人接收。咨询12320"
    assert content == Content(
        "HX0123456789abcdef0123456789abcdef", {"name": "李*及同行2人", "district": "渝中区", "hotline": "12320"}
    )
    body, content = bound("+819010000000", "ja")
    assert content is None, "the longest beginning decides"
    body, content = bound("+815010000000", "ja", name="佐藤*")
    assert body == "【Waystation】佐藤*様はYuzhongへ出発しました。023-12345"
    assert isinstance(content, Content)
    assert content.variables["name"] == "佐藤*様"


@given(st.text(max_size=30), st.integers(0, 8), st.text(max_size=20))
def test_the_provider_makes_the_same_text_of_a_registered_one(name: str, others: int, district: str) -> None:
    body, content = bound("+8613800138000", "zh-Hans", name=name, others=str(others), district=district)
    assert isinstance(content, Content)
    wording = "【口岸驿站】{{name}}已乘车前往{{district}}，有专人接收。咨询{{hotline}}"
    made = re.sub(r"\{\{(\w+)\}\}", lambda match: content.variables[match[1]], wording)
    assert made == body


def test_what_is_not_registered_goes_as_ever_or_not_at_all() -> None:
    body, content = bound("+14155550100", "zh-Hans", name="李*")
    assert (body.startswith("【口岸驿站】李*已乘车"), content) == (True, None)
    assert bound("+821000000000", "ko")[1] is None, "another version is registered"
    only = {to: texts.registered_only(to, KNOWN) for to in ("+8613800138000", "+8190", "+8150", "+82", "+1")}
    assert only == {"+8613800138000": True, "+8190": True, "+8150": True, "+82": False, "+1": False}
    assert not texts.registered_only("+8613800138000"), "nothing is registered as shipped"


@pytest.mark.parametrize(
    "content", ['["+86".templates."a/b/c"]\nversion = 1', '["+86"]\nregistered_only = "x"', '"+86" = 3']
)
def test_a_registration_that_says_too_little_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        registered.parse(content)
