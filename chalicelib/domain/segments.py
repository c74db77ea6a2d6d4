"""What a text costs: its encoding, its units and its segments, as networks count them (3GPP TS 23.038, 23.040)."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.clusters import clusters

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters that take an escape and so count as two."""

GSM, UCS2 = "GSM-7", "UCS-2"
WHOLE = {GSM: 160, UCS2: 70}
"""Units of a text that fits one segment."""
SPLIT = {GSM: 153, UCS2: 67}
"""Units of each segment when there are more; the rest is the header that ties them together."""

_PLAIN = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u0060\u00b4",
    '"': "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63",
    "...": "\u2026",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\u2028\u2029\u0085",
    "": "\u00ad\u200b\u2060\ufeff",
}
_CLEANING = str.maketrans({typed: plain for plain, signs in _PLAIN.items() for typed in signs})


@dataclass(frozen=True)
class Segments:
    """``encoding`` is GSM-7 or UCS-2; ``units`` are septets or 16-bit code units; ``segments`` are what is paid."""

    encoding: str
    units: int
    segments: int


def measure(text: str) -> Segments:
    """The encoding, units and segments of ``text`` exactly as it stands; an empty text is one segment."""
    if is_gsm(text):
        return _counted(GSM, [2 if sign in GSM_EXTENSION else 1 for sign in text])
    return _counted(UCS2, [sum(2 if ord(sign) > 0xFFFF else 1 for sign in read) for read in clusters(text)])


def is_gsm(text: str) -> bool:
    """Whether every character is in the GSM 7-bit alphabet or its extension."""
    return all(sign in GSM_BASIC or sign in GSM_EXTENSION for sign in text)


def clean(text: str) -> str:
    """``text`` with typographic signs made plain, if that makes it GSM-7; otherwise as it was.

    Only punctuation and spaces are ever replaced, never a letter, mark or digit of any script. A text that
    stays UCS-2 keeps its typography: nothing would be saved, and an ellipsis would grow.
    """
    cleaned = text.translate(_CLEANING)
    return cleaned if is_gsm(cleaned) else text


def _counted(encoding: str, widths: list[int]) -> Segments:
    units = sum(widths)
    if units <= WHOLE[encoding]:
        return Segments(encoding, units, 1)
    return Segments(encoding, units, _filled(widths, SPLIT[encoding]))


def _filled(widths: Iterable[int], room: int) -> int:
    # What is read as one (escape and character, two surrogates, letter and marks, an emoji with all that is joined to
    # it) is never torn apart, so a segment may end early.
    segments, used = 1, 0
    for width in widths:
        if used + width > room:
            segments, used = segments + 1, 0
        used += width
    return segments
