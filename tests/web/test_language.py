"""Which language a page speaks."""

import pytest

from chalicelib.web.language import DEFAULT, LANGUAGES, OFFICERS, choose, chooser, direction_of


@pytest.mark.parametrize(
    ("wishes", "accepted", "chosen"),
    [
        ((), "", "en"),
        (("zh-Hans",), "", "zh-Hans"),
        (("xx", None, "", "zh-Hans"), "en", "zh-Hans"),
        ((), "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ((), "zh-TW", "zh-Hant"),
        ((), "zh-HK,zh;q=0.9", "zh-Hant"),
        ((), "zh-Hant-MO", "zh-Hant"),
        ((), "zh-MO", "zh-Hant"),
        ((), "yue-HK", "zh-Hant"),
        ((), "zh-SG", "zh-Hans"),
        ((), "zh", "zh-Hans"),
        (("zh_tw",), "en", "zh-Hant"),
        ((), "fr-FR,fr;q=0.9,zh;q=0.3,en;q=0.2", "zh-Hans"),
        ((), "en-GB,zh;q=0.9", "en"),
        ((), "zh;q=0,en", "en"),
        ((), "de,*;q=0.1", "en"),
        ((), "zh;q=x,,;q=1", "en"),
        (("zh_CN",), "", "zh-Hans"),
        (("en",), "zh", "en"),
        (("'\"><script>",), "", "en"),
    ],
)
def test_choice(wishes: tuple[str | None, ...], accepted: str, chosen: str) -> None:
    assert choose(*wishes, accepted=accepted) == chosen


def test_a_point_may_offer_less() -> None:
    assert choose("en", offered=("zh-Hans",)) == "zh-Hans"


@pytest.mark.parametrize(
    ("wish", "read"), [("zh-Hant", "zh-Hans"), ("zh-TW", "zh-Hans"), ("zh", "zh-Hans"), ("fr", "en")]
)
def test_officers_read_the_nearest_of_theirs(wish: str, read: str) -> None:
    assert OFFICERS == ("en", "zh-Hans")
    assert choose(wish, offered=OFFICERS) == read


def test_a_language_calls_itself_by_its_own_name() -> None:
    names = [language.name for language in LANGUAGES.values()]
    assert len(set(names)) == len(names)
    assert next(iter(LANGUAGES)) == DEFAULT
    assert {LANGUAGES[tag].catalogue for tag in ("en", "zh-Hant")} == {"", "zh_Hant"}
    assert direction_of("unheard-of") == "ltr"


def test_the_chooser_keeps_the_page() -> None:
    english, chinese = chooser("/api/console/flights", {"day": "2026-12-07", "lang": "en"}, "en", ("en", "zh-Hans"))
    assert english.current
    assert not chinese.current
    assert chinese.href == "/api/console/flights?day=2026-12-07&lang=zh-Hans"
