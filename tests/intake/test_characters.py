"""Short ways for plain text end where the long way does."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.intake.characters import compact, harmless, line, paragraph
from chalicelib.intake.refused import Refused

PLAIN = st.text(st.characters(max_codepoint=0x7F), max_size=60)
LIMIT = 200


def said(read: Callable[[Any, int], str], text: str) -> str:
    try:
        return read(text, LIMIT)
    except Refused as refusal:
        return f"refused: {refusal.code}"


@pytest.mark.parametrize("read", [line, paragraph, compact])
@given(text=PLAIN)
def test_plain_text_reads_as_beside_a_character_that_is_not(read: Callable[[Any, int], str], text: str) -> None:
    plain, beside = said(read, f"x{text}x"), said(read, f"好{text}x")
    assert beside[1:] == plain[1:]


@given(text=PLAIN)
def test_a_code_keeps_every_sign_but_spaces(text: str) -> None:
    kept = said(compact, text)
    if not kept.startswith("refused"):
        assert kept == "".join(text.upper().split())


@pytest.mark.parametrize("text", ["\ufffe", "a\U0001fffe", "\U0010ffffb", "\x00", "\u202e", "\ud800"])
def test_what_is_no_character_is_not_harmless(text: str) -> None:
    assert not harmless(text)


@pytest.mark.parametrize("text", ["", "LI", "李", "𠮷", "a\U0001f600"])
def test_what_people_write_is_harmless(text: str) -> None:
    assert harmless(text)
