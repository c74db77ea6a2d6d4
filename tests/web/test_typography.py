"""What a reader of a language stumbles over, in every form and on every page: marks of another script, words of another
tone, signs that turn round among letters written from the right."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.web.language import LANGUAGES
from tools.translations import LOCALES, read

FORMS = Path("forms")
HAN, ARABIC = r"[\u3040-\u30ff\u4e00-\u9fff]", r"[\u0600-\u06ff]"
HALF = rf"{HAN}[,:;?!]|[,:;?!]{HAN}"
WRONG = {
    "zh-Hans": rf"{HALF}|(?<!内地)(?<!大陆)通行证",
    "zh-Hant": HALF,
    "ja": rf"{HALF}|旅券",
    "ar": rf"{ARABIC} ?[,;?]|(?<!\u200e)(?:\+|<|\{{phone\}})|(?<![\u200e\d.])[\d.]+ °",
    "fr": r" [:;?!»]|« |\b(?:tu|ton|tes|tape[sz]?)\b",
    "es": r"\b(?:tú|tus?)\b",
    "pt": r"\b(?:você|tua|teu)\b",
    "ru": r"\b(?:ты|твой|анкет\w*)\b",
    "ko": r"당신",
    "th": r"ใบแจ้ง|(?<!หมาย)เลขอ้างอิง",
    "vi": r"\bbạn\b|\bhãy\b",
}
"""Half-width marks, turned signs, colons that may begin a line; the familiar address, a second word for a thing."""


def words(value: Any) -> Iterator[str]:
    """Every text of a form's file but the signed ones, whose digests are kept."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from words(inner) if name != "signed" else ()


def said(language: str) -> Iterator[str]:
    """Every sentence that travellers are shown in a language."""
    for path in FORMS.glob(f"*/v*/{language}.toml"):
        yield from words(tomllib.loads(path.read_text("utf-8")))
    locale = LANGUAGES[language].catalogue
    for area in ("base", "traveller"):
        for one in filter(lambda message: message.id, read(locale, area)):
            yield from one.string if isinstance(one.string, tuple) else (str(one.string),)


def test_every_language_has_its_line() -> None:
    assert {LANGUAGES[one].catalogue for one in WRONG} == set(LOCALES)


@pytest.mark.parametrize("language", WRONG)
def test_nothing_that_a_reader_stumbles_over(language: str) -> None:
    texts = list(said(language))
    assert len(texts) > 500
    assert [text for text in texts if re.search(WRONG[language], text, re.IGNORECASE)] == []
