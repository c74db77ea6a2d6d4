"""Addresses, hotels and number plates that are not there."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from infra.demo.phones import filled

PLATES = ("渝A#####", "渝A@####", "渝B####@", "渝D@####", "渝AD#####", "渝BF#####")
"""Of Chongqing; the last two are of electric vehicles."""


@dataclass(frozen=True)
class Hotel:
    """A quarantine hotel; ``names`` by language."""

    names: Mapping[str, str]
    district: str
    rooms: int


def hotels() -> tuple[Hotel, ...]:
    """All hotels of the day."""
    return tuple(Hotel(**facts) for facts in _lists()["hotel"])


def plate(rng: Random) -> str:
    """A number plate of Chongqing."""
    return filled(rng, rng.choice(PLATES))


def room(rng: Random) -> str:
    """Floor and number."""
    return f"{rng.randint(3, 22)}{rng.randint(1, 28):02}"


def address(rng: Random) -> str:
    """Street, estate and flat, in Chinese."""
    street, estate = rng.choice(_lists()["streets"]).partition("/")[0], rng.choice(_lists()["estates"])
    return f"{street}{rng.randint(1, 199)}号{estate}{rng.randint(1, 24)}栋{rng.randint(1, 33)}-{rng.randint(1, 8)}"


def foreign_address(rng: Random) -> str:
    """Street and number, in English, for who does not write Chinese."""
    return f"{rng.randint(1, 199)} {rng.choice(_lists()['streets']).partition('/')[2]}, Flat {room(rng)}"


def province(rng: Random) -> str:
    """Where in another province somebody is registered."""
    return str(rng.choice(_lists()["provinces"]))


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "places.toml").read_text("utf-8"))
