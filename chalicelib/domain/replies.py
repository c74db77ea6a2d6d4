"""What a text from a phone means: stop, start, help, a code, a plain yes, or something that a person must read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.handover import CODE_LENGTH

LONGEST = 1_600
"""Characters of a text that are looked at: the longest that the provider passes on."""
Keywords = Mapping[str, Mapping[str, Sequence[str]]]
"""kind -> language -> words, as data (messaging/keywords.toml)."""
MOST_CODES = 5
_RUNS = re.compile(r"[0-9]+")


class Said(StrEnum):
    """The first three are words of their own; ``code`` and ``yes`` acknowledge; ``other`` is for a person to read."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    CODE = "code"
    YES = "yes"
    OTHER = "other"


@dataclass(frozen=True)
class Reply:
    """``codes`` are what may be one, in order; ``language`` is the one of a word that was recognised.

    ``more``: beside a code it says something that a person must read.
    """

    said: Said
    codes: tuple[str, ...] = ()
    language: str = ""
    more: bool = False


def read_reply(body: str, keywords: Keywords) -> Reply:
    """The meaning of a text; words count only when they are all that it says."""
    text = plain(body[:LONGEST])
    for said in (Said.STOP, Said.START, Said.HELP):
        if language := _language_of(text, keywords[said]):
            return Reply(said, language=language)
    if codes := _codes(text):
        rest = plain(_RUNS.sub(" ", text))
        return Reply(Said.CODE, codes, more=bool(rest) and not _language_of(rest, keywords[Said.YES]))
    language = _language_of(text, keywords[Said.YES])
    return Reply(Said.YES, language=language) if language else Reply(Said.OTHER)


def plain(text: str) -> str:
    """Lower case, digits of any script as 0 to 9, one space between words, no signs around them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    signs = (_plain_sign(sign) for sign in unicodedata.normalize("NFKC", folded))
    return " ".join("".join(signs).split())


def _plain_sign(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    return "" if kind == "Cf" else sign if kind[0] in "LMN" else " "


def _language_of(text: str, words: Mapping[str, Sequence[str]]) -> str:
    return next((tag for tag, known in words.items() if text in {plain(word) for word in known}), "")


def _codes(text: str) -> tuple[str, ...]:
    """Numbers of four digits; or four digits apart, when there are no others."""
    runs = _RUNS.findall(text)
    whole = [run for run in runs if len(run) == CODE_LENGTH]
    apart = "".join(runs)
    return tuple(dict.fromkeys(whole))[:MOST_CODES] or ((apart,) if len(apart) == CODE_LENGTH else ())
