"""Attacks on pages: a language, a username or a password as long as a request can be."""

import time

import pytest

from chalicelib.access.passwords import Passwords, normal_username
from chalicelib.web.console.shapes import readings
from chalicelib.web.language import choose
from tests.actions.world import World
from tests.web.browser import QUICK

ACCENTS = "e" + "\u0301\u0316" * 20_000


@pytest.fixture(autouse=True)
def quick() -> object:
    """Nothing here may take the square of what was sent."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 0.5


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
    started = time.monotonic()
    readings(ACCENTS, point)
    assert time.monotonic() - started < 0.4
