"""Values that texts are filled with on a real day: names, districts and numbers of the demo's people, out of a seed."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from chalicelib.domain.masking import mask_name
from chalicelib.domain.notices import reads_chinese
from chalicelib.domain.places import named
from chalicelib.messaging.texts import short_date
from infra.demo import names, people
from infra.reference.load import NAMES

REFERENCE = Path("infra/reference")
HOTLINES = ("12320", "023-12345", "023-67152000")
"""Beside the points' own."""
FIRST = date(2026, 1, 1)
_TOGETHER = (0, 0, 0, 0, 0, 0, 1, 1, 2, 3)
"""Others in the party: most people travel alone."""


@cache
def districts() -> tuple[dict[str, str], ...]:
    """Names by language."""
    with (REFERENCE / "districts.csv").open(encoding="utf-8", newline="") as rows:
        found = [{tag: row[column] for tag, column in NAMES.items()} for row in csv.DictReader(rows)]
    return tuple(found)


@cache
def hotlines() -> tuple[str, ...]:
    """Numbers to call."""
    points = tomllib.loads((REFERENCE / "points.toml").read_text("utf-8"))
    return (*(point["hotline"] for point in points.values()), *HOTLINES)


@cache
def _readers(language: str) -> tuple[str, ...]:
    """Nationalities by lot: half of a text's travellers are of its language's own, the others of anybody's."""
    own = [nation for nation in names.nationalities() if language in names.languages(nation)]
    return (*own, *names.nationalities()) if own else names.nationalities()


def masked(rng: Random, language: str) -> str:
    """A traveller's name as a text in ``language`` has it."""
    known = _readers(language)
    own = len(known) - len(names.nationalities())
    nation = rng.choice(known[:own]) if own and rng.random() < 0.5 else rng.choice(known)
    answers = people.person(rng, FIRST, nation).answers
    chinese = str(answers.get("name_zh") or "") if reads_chinese(language) else ""
    return mask_name(answers["family_name"], answers["given_names"], chinese, nation)


def values(language: str, number: int, seed: str) -> Iterator[dict[str, str]]:
    """So many texts' worth of values in ``language``; the same seed gives the same ones."""
    rng = Random(f"{seed}|{language}")
    for _ in range(number):
        yield {
            "name": masked(rng, language),
            "others": str(rng.choice(_TOGETHER)),
            "district": named(rng.choice(districts()), language),
            "heads": str(rng.randint(1, 55)),
            "end_date": short_date(FIRST + timedelta(rng.randrange(365)), language),
            "hotline": rng.choice(hotlines()),
            "code": f"{rng.randrange(10_000):04}",
        }
