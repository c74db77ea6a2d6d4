"""Attacks on pages: a language, a username or a password as long as a request can be."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.access.passwords import Passwords, normal_username
from chalicelib.web.console.shapes import readings
from chalicelib.web.language import choose
from tests.actions.world import World
from tests.web.browser import QUICK

ACCENTS = "e" + "\u0301\u0316" * 20_000
LONGEST = 2_000


@pytest.fixture(autouse=True)
def longest_normalised(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Normalising takes the square of a row of accents: nothing long may come to it."""
    asked = []

    def counting(form: Any, text: str, real: Callable[[Any, str], str] = unicodedata.normalize) -> str:
        asked.append(len(text))
        return real(form, text)

    monkeypatch.setattr(unicodedata, "normalize", counting)
    yield
    assert max(asked, default=0) <= LONGEST


def test_a_language_of_dashes() -> None:
    assert choose("-" * 60_000, "a-" * 20_000) == "en"
    assert choose("zh-Hans-CN-x-private") == "zh-Hans"


def test_a_username_of_accents() -> None:
    assert len(normal_username(ACCENTS)) < 200


def test_a_password_of_accents() -> None:
    passwords: Passwords = QUICK
    assert not passwords.check(passwords.hash("x" * 20), ACCENTS)


def test_a_search_of_accents() -> None:
    point = World().ports.places.point("CKG")
    readings(ACCENTS, point)
