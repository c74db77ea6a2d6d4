"""Every text: complete, polite to the purse (one segment), without a link, and safe against its own values."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.masking import mask_name
from chalicelib.domain.segments import measure
from chalicelib.messaging import texts, wordings
from chalicelib.messaging.texts import render
from chalicelib.messaging.wordings import TemplateFault, parse, template
from tests.messaging.realistic import DISTRICTS, LANGUAGES, TEMPLATES, values

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
BEGINNINGS = {"zh-Hans": "【口岸驿站】", "zh-Hant": "【口岸驛站】", "ja": "【Waystation】", "ko": "[Waystation] ",
              "fr": "Waystation : ", "ar": "محطة العبور: "}  # fmt: skip
HOTLINES = ["023-12345", "12320", "023-67152000"]


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


def test_a_text_of_a_drill_begins_with_the_word_for_it_and_still_fits() -> None:
    values = {"name": "W. Smith", "others": "0", "district": "Yuzhong", "hotline": "023-12320", "drill": "yes"}
    assert texts.render("dispatched", "family", "en", values).startswith("DRILL: Waystation")
    assert texts.render("dispatched", "family", "zh-Hans", values).startswith("【演练】【口岸驿站】")
    assert texts.render("dispatched", "family", "xx", values).startswith("DRILL: ")
    assert not texts.render("dispatched", "family", "en", {**values, "drill": ""}).startswith("DRILL")


def test_a_test_says_that_it_is_one() -> None:
    for language in LANGUAGES:
        text = render("dispatched", "family", language, values(language))
        assert texts.marked(text, language).startswith(text)
        assert texts.marked(text, language) != text
    assert texts.marked("【口岸驿站】李*", "zh-Hans") == "【口岸驿站】李*（测试短信）"
