"""What may not stand in a text: links, and characters that are invisible, doubled, or dearer than they look."""

import re
import unicodedata
from collections.abc import Iterator

from chalicelib.domain.segments import clean, is_gsm

LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b[\w-]+\.(?:com|cn|net|org|info|gov|edu|io|me|ly|cc|top|xyz|app|hk|tw|jp|kr|ru|fr)\b"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|[\w.+-]+@[\w-]+\.\w|[\w-]+\.\w{2,}/\w",
    re.IGNORECASE,
)
"""To +86 a text with a link is refused, and any text may go there."""
LETTERS_OF_OTHER_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff9f\uffa0-\uffdc]")
TYPOGRAPHIC = re.compile(
    "[\u2018-\u201f\u2026\u2010-\u2015\u2032-\u2036\u2039\u203a\u00ab\u00bb\u00a0\u2000-\u200a\u202f\u3000\u0060\u00b4]"
)
"""Quotes, dashes, an ellipsis, spaces of other widths: most of them turn a GSM text into UCS-2."""
BEFORE_A_VALUE = "\u200e{"
"""Among Arabic letters 023-12345 is shown as 12345-023 without it."""
_UNSEEN = {"Cc": "control", "Cf": "format", "Co": "private use", "Cs": "surrogate", "Cn": "unassigned",
           "Zl": "line separator", "Zp": "paragraph separator"}  # fmt: skip


def found(wording: str) -> Iterator[str]:
    """Each trap of a wording, by name. A mark of direction may stand before a value: it keeps a number in its order."""
    wording = wording.replace(BEFORE_A_VALUE, "{")
    if LINK.search(wording):
        yield f"a link, {LINK.search(wording)[0]}"  # type: ignore[index]
    for sign in sorted(set(wording)):
        yield from (f"{kind} character {_named(sign)}" for kind in _kinds(sign))
    if unicodedata.normalize("NFC", wording) != wording:
        yield "letters and marks apart (not NFC)"
    if "  " in wording or wording != wording.strip():
        yield "a space too many"
    if is_gsm(clean(wording)) and not is_gsm(wording):
        yield "not GSM-7 as it stands, and would be"


def _kinds(sign: str) -> Iterator[str]:
    if unseen := _UNSEEN.get(unicodedata.category(sign)):
        yield unseen
    if LETTERS_OF_OTHER_WIDTH.match(sign):
        yield "half-width or full-width"
    if TYPOGRAPHIC.match(sign):
        yield "typographic"
    if unicodedata.normalize("NFKC", sign) != sign and "ARABIC" in unicodedata.name(sign, ""):
        yield "presentation form"
    if sign == "\u0640":
        yield "stretched"
    if ord(sign) > 0xFFFF:
        yield "two-unit"


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()
