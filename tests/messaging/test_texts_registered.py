"""Texts that are registered with the provider go exactly as they are registered."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.messages import Content
from chalicelib.messaging import registered, texts
from tests.messaging.realistic import values

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
