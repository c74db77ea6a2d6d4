"""What a reader sees as one character: a segment never ends within it (Unicode annex 29, as far as texts need it)."""

import unicodedata
from collections.abc import Iterator

_ZWJ = "\u200d"
_JOINS = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
"""Joiners, and letters of Thai, Lao and half-width Japanese that are read as marks."""
_STANDS_ALONE = frozenset("\u102b\u102c\u1038\u1062\u1063\u1064\u1067\u1068\u1069\u106a\u106b\u106c\u106d\u1083")
"""Spacing marks of Myanmar that begin anew all the same."""
_REGION = range(0x1F1E6, 0x1F200)
_SKIN = range(0x1F3FB, 0x1F400)
_LEAD, _VOWEL, _TAIL = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
_SYLLABLES = range(0xAC00, 0xD7A4)


def clusters(text: str) -> Iterator[str]:
    """The characters of ``text`` as they are read, in order."""
    begun = ""
    for sign in text:
        if begun and not _joins(begun, sign):
            yield begun
            begun = ""
        begun += sign
    if begun:
        yield begun


def _joins(begun: str, sign: str) -> bool:
    last, code = begun[-1], ord(sign)
    if _is_control(last) or _is_control(sign):
        return False
    if sign in _JOINS or code in _SKIN or (unicodedata.category(sign)[0] == "M" and sign not in _STANDS_ALONE):
        return True
    if last == _ZWJ:
        return _is_picture(sign)
    if code in _REGION:
        return ord(last) in _REGION and len(begun) % 2 == 1
    return _continues_syllable(ord(last), code)


def _continues_syllable(last: int, code: int) -> bool:
    """Korean written in letters: lead, vowel and tail are one syllable."""
    if last in _LEAD:
        return code in _LEAD or code in _VOWEL or code in _SYLLABLES
    open_syllable = last in _SYLLABLES and (last - _SYLLABLES.start) % 28 == 0
    if last in _VOWEL or open_syllable:
        return code in _VOWEL or code in _TAIL
    return (last in _TAIL or last in _SYLLABLES) and code in _TAIL


def _is_control(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in ("Cc", "Zl", "Zp", "Cs") or (category == "Cf" and sign not in _JOINS)


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) == "So"
