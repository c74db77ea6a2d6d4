"""Names by nationality: as the passport spells them, and as people write them at home."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SEXES = ("female", "male")
LONG_CHINESE = "CN-LONG"
"""Citizens of China with long names: ``name`` draws one of them now and then."""
_ONE_IN = 25


@dataclass(frozen=True)
class Name:
    """``family`` and ``given`` in the passport's letters, ``own_family`` and ``own_given`` at home.

    ``whole`` is the name as it is written at home, in its order. ``family_at`` finds the family name again.
    """

    family: str
    given: str
    own_family: str
    own_given: str
    whole: str
    family_at: int

    @property
    def chinese(self) -> str:
        """The whole name when it is written in Chinese, else empty."""
        return self.whole if self.whole and all(_is_chinese(sign) for sign in self.whole) else ""


def nationalities() -> tuple[str, ...]:
    """ISO 3166-1 alpha-2 codes that there are names for."""
    return tuple(nationality for nationality in _lists() if len(nationality) == 2)


def languages(nationality: str) -> tuple[str, ...]:
    """What people of a nationality read, best first."""
    return tuple(_lists()[nationality]["languages"])


def name(rng: Random, nationality: str, sex: str, family_of: Name | None = None) -> Name:
    """A name by lot; with ``family_of`` one of the same family. ``sex`` other than female is named like male."""
    known = _lists()[nationality if family_of or nationality != "CN" or rng.randrange(_ONE_IN) else LONG_CHINESE]
    sex = sex if sex in SEXES else "male"
    families = known.get(f"family_{sex}") or known["family"]
    at = family_of.family_at % len(families) if family_of else rng.randrange(len(families))
    family, own_family = _both(families[at])
    given, own_given = _both(rng.choice(known[sex]))
    return Name(family, given, own_family, own_given, _whole(own_family, own_given, known), at)


def _both(text: str) -> tuple[str, str]:
    passport, _, own = text.partition("/")
    return passport, own or passport.title()


def _whole(family: str, given: str, known: Mapping[str, Any]) -> str:
    if unicodedata.name(family[0]).startswith(("CJK", "HANGUL")):
        return given + family if known.get("given_first") else family + given
    return f"{family} {given}" if known.get("family_first") else f"{given} {family}"


def _is_chinese(sign: str) -> bool:
    return sign == "·" or unicodedata.name(sign, "").startswith("CJK")


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
