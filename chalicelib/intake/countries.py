"""Countries and regions: ISO 3166-1 alpha-2 codes with their names, as data in forms/countries/."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FALLBACK = "en"


@cache
def names(language: str) -> Mapping[str, str]:
    """Names by code in ``language``, else in English, in the order in which a page lists them."""
    known = {entry.name.removesuffix(".toml"): entry for entry in (files("forms") / "countries").iterdir()}
    names: Mapping[str, str] = tomllib.loads(known.get(language, known[FALLBACK]).read_text("utf-8"))
    return names


@cache
def codes() -> frozenset[str]:
    """Every code that is taken."""
    return frozenset(names(FALLBACK))
