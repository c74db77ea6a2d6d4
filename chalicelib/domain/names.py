"""Whether a typed name may be a traveller's: order, accents, case and one slip of the finger do not matter."""

import unicodedata
from difflib import SequenceMatcher

CLOSE = 0.82
"""Likeness from which two words count as one with a typo: one letter in six."""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _words(text: str) -> list[str]:
    return [word for word in "".join(c if c.isalnum() else " " for c in _plain(text)).split() if word]


def _alike(typed: str, word: str) -> bool:
    if word.startswith(typed):
        return True
    return len(typed) > 3 and SequenceMatcher(None, typed, word).ratio() >= CLOSE


def name_matches(typed: str, family: str, given: str, zh: str = "") -> bool:
    """Whether every typed word is, nearly is, or begins a word of the name; Chinese matches anywhere in it."""
    words = [*_words(f"{family} {given}"), *_words(zh)]
    together = _plain(f"{family}{given}").replace(" ", "")
    wanted = _words(typed)
    return bool(wanted) and all(
        any(_alike(word, known) for known in words) or (len(word) > 1 and (word in _plain(zh) or word == together))
        for word in wanted
    )
