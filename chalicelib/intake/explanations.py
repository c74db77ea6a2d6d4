"""What travellers ask again and again, and what officers answer: data in forms/explanations, one file a language.

A point that answers something in its own way has a folder of its name there, with files of the same kind: what they say
stands in place of the general answer, or behind the others.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from chalicelib.domain.places import Point

TEXTS = Path(str(files("forms") / "explanations"))
FALLBACK = "en"
APART = "\u2066{}\u2069"
"""What is filled in runs from the left, as numbers do, in whatever text it stands."""


class Explanation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question in the traveller's words and its answer; ``{days}`` and ``{hotline}`` stand for what a point says."""

    asks: str
    says: str


def explained(point: Point, language: str, texts: Path = TEXTS) -> tuple[Explanation, ...]:
    """The questions of a point with their answers in ``language``, else in English, in the order of the page."""
    facts = {"days": APART.format(point.quarantine_days), "hotline": APART.format(point.hotline)}
    told = _told(texts, point.point, language).values()
    return tuple(Explanation(one.asks, one.says.format(**facts)) for one in told)


@cache
def _told(texts: Path, point: str, language: str) -> Mapping[str, Explanation]:
    return {**_read(texts, language), **_read(texts / point, language)}


def _read(folder: Path, language: str) -> Mapping[str, Explanation]:
    for tag in (language, FALLBACK):
        file = folder / f"{tag}.toml"
        if file.is_file():
            return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Explanation])
    return {}
