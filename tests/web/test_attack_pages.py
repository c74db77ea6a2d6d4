"""Attacks on pages: a language, a username or a password as long as a request can be."""

from chalicelib.access.passwords import Passwords, normal_username
from chalicelib.web.console.shapes import readings
from chalicelib.web.language import choose
from tests.actions.world import World
from tests.cpu import as_cheap_as
from tests.web.browser import QUICK

ACCENTS = "e" + "\u0301\u0316" * 60_000
"""Normalising a row of accents takes the square of its length: half a minute for these."""
LETTERS = "e" * len(ACCENTS)


def test_a_language_of_dashes() -> None:
    assert choose("-" * 60_000, "a-" * 20_000) == "en"
    assert choose("zh-Hans-CN-x-private") == "zh-Hans"


def test_a_username_of_accents() -> None:
    assert as_cheap_as(lambda: normal_username(LETTERS), lambda: normal_username(ACCENTS))
    assert len(normal_username(ACCENTS)) < 200


def test_a_password_of_accents() -> None:
    passwords: Passwords = QUICK
    kept = passwords.hash("x" * 20)
    assert as_cheap_as(lambda: passwords.check(kept, LETTERS), lambda: passwords.check(kept, ACCENTS))
    assert not passwords.check(kept, ACCENTS)


def test_a_search_of_accents() -> None:
    point = World().ports.places.point("CKG")
    assert as_cheap_as(lambda: readings(LETTERS, point), lambda: readings(ACCENTS, point))
