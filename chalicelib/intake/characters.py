"""Characters: what is refused, and what typing and pasting leave behind that nobody meant."""

import re
import unicodedata
from typing import Any

from chalicelib.intake.refused import Refused

CODES = frozenset({"wrong_type", "too_long", "forbidden_character"})

# NUL and other controls, lone surrogates, noncharacters, and the overrides that turn what follows around.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def string(value: Any, limit: int) -> str:
    """``value`` when it is a string of sane length; the limit on its raw form is loose, normalising may shorten it."""
    if not isinstance(value, str):
        raise Refused("wrong_type")
    if len(value) > 4 * limit + 40:
        raise Refused("too_long", max=str(limit))
    return value


def harmless(text: str) -> bool:
    """Whether no character of a text is refused; quick for any length, which normalising is not."""
    return not (_FORBIDDEN.search(text) or _beyond_unicode(text))


def paragraph(value: Any, limit: int) -> str:
    """Text in NFC with its line breaks, trimmed, runs of spaces made one; raises Refused."""
    return _within(_clean(value, limit), limit)


def line(value: Any, limit: int) -> str:
    """Like ``paragraph``, but one line."""
    return _within(_clean_line(value, limit), limit)


def compact(value: Any, limit: int) -> str:
    """A code as printed on paper: NFKC, upper case, plain dashes and digits, no spaces."""
    cleaned = _clean_line(value, limit)
    if cleaned.isascii():  # which has one dash, one kind of digits, and no other form
        return _within(cleaned.upper().replace(" ", ""), limit)
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", cleaned))
    return _within("".join(plain_digit(char) for char in text.upper() if not char.isspace()), limit)


def plain_digit(char: str) -> str:
    """A decimal digit of any script as 0-9; everything else as it is."""
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _clean_line(value: Any, limit: int) -> str:
    text = _clean(value, limit)
    if "\n" in text:
        raise Refused("forbidden_character")
    return text


def _clean(value: Any, limit: int) -> str:
    text = string(value, limit)
    if text.isascii() and text.isprintable():  # as most answers are: nothing to refuse, nothing to normalise
        return " ".join(text.split())
    text = _LINE_ENDS.sub("\n", text)
    if not harmless(text):
        raise Refused("forbidden_character")
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return "\n".join(_SPACES.sub(" ", part).strip() for part in text.split("\n")).strip()


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refused("too_long", max=str(limit))
    return text


def _beyond_unicode(text: str) -> bool:
    if max(text, default="") <= "\uffff":
        return False
    return any(ord(char) & 0xFFFE == 0xFFFE for char in text if ord(char) > 0xFFFF)
