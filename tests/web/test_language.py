"""Which language a page speaks."""

import pytest

from chalicelib.web.language import choose, chooser


@pytest.mark.parametrize(
    ("wishes", "accepted", "chosen"),
    [
        ((), "", "en"),
        (("zh-Hans",), "", "zh-Hans"),
        (("xx", None, "", "zh-Hans"), "en", "zh-Hans"),
        ((), "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ((), "zh-TW", "zh-Hans"),
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


def test_the_chooser_keeps_the_page() -> None:
    english, chinese = chooser("/api/console/flights", {"day": "2026-12-07", "lang": "en"}, "en", ("en", "zh-Hans"))
    assert english.current
    assert not chinese.current
    assert chinese.href == "/api/console/flights?day=2026-12-07&lang=zh-Hans"
