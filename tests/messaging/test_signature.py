"""Our signature and the official client's agree, both ways."""

import importlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.messaging.signature import parse_fields, sign, verify

TOKEN = "0123456789abcdef0123456789abcdef"
URLS = [
    "https://example.org/hooks/twilio/status/m-1",
    "https://example.org/prod/hooks/twilio/inbound",
    "https://example.org:8443/hooks/twilio/inbound?a=1&b=%20",
    "http://127.0.0.1:8000/hooks/twilio/status/m-1",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


class Repeated(dict[str, list[str]]):
    """Fields as web frameworks hand them to the official client."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def official() -> Any:
    return importlib.import_module("twilio.request_validator").RequestValidator(TOKEN)


@given(st.sampled_from(URLS), st.dictionaries(TEXT, st.lists(TEXT, min_size=1, max_size=3), max_size=8))
def test_agrees_with_the_official_client(url: str, fields: Mapping[str, list[str]]) -> None:
    ours = sign(TOKEN, url, fields)
    assert official().validate(url, Repeated(fields), ours)
    assert verify(TOKEN, url, fields, official().compute_signature(url, Repeated(fields)))


@pytest.mark.parametrize("url", URLS)
def test_agrees_about_ports(url: str) -> None:
    port = ":443" if url.startswith("https://example.org/") else ""
    other = url.replace("example.org/", f"example.org{port}/").replace(":8443", "").replace(":8000", "")
    signature = sign(TOKEN, other, {"Body": "x"})
    assert official().validate(url, {"Body": "x"}, signature)
    assert verify(TOKEN, url, {"Body": "x"}, signature)


def test_blank_and_repeated_fields_are_part_of_it() -> None:
    fields = parse_fields(b"Body=&From=%2B86138&Media=b&Media=a")
    assert fields == [("Body", ""), ("From", "+86138"), ("Media", "b"), ("Media", "a")]
    signature = sign(TOKEN, URLS[0], fields)
    assert signature == sign(TOKEN, URLS[0], {"Media": ["a", "b"], "From": "+86138", "Body": ""})
    assert not verify(TOKEN, URLS[0], [field for field in fields if field[1]] + [("To", "")], signature)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_a_posted_form_is_read_as_it_was_signed(fields: list[tuple[str, str]]) -> None:
    fields = [field for field in fields if field[0]]
    assert verify(TOKEN, URLS[0], parse_fields(urlencode(fields).encode()), sign(TOKEN, URLS[0], fields))


def test_the_fragment_is_not_signed() -> None:
    assert sign(TOKEN, URLS[0] + "#rc=5&rp=all") == sign(TOKEN, URLS[0])


@pytest.mark.parametrize(
    ("token", "url", "fields", "signature"),
    [
        (TOKEN, URLS[0], {"Body": "y"}, sign(TOKEN, URLS[0], {"Body": "x"})),
        (TOKEN, URLS[1], {"Body": "x"}, sign(TOKEN, URLS[0], {"Body": "x"})),
        ("another", URLS[0], {"Body": "x"}, sign(TOKEN, URLS[0], {"Body": "x"})),
        ("", URLS[0], {"Body": "x"}, sign("", URLS[0], {"Body": "x"})),
        (TOKEN, URLS[0], {"Body": "x"}, ""),
        (TOKEN, URLS[0], {"Body": "x"}, None),
        (TOKEN, URLS[0], {"Body": "x"}, "é\ud800"),
    ],
)
def test_anything_else_is_refused(token: str, url: str, fields: dict[str, str], signature: str | None) -> None:
    assert not verify(token, url, fields, signature)


def test_a_flood_of_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="fields"):
        parse_fields("&".join(f"f{number}=" for number in range(201)))
