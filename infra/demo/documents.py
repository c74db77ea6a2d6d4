"""Travel documents in the shape that each nationality has them."""

from dataclasses import dataclass
from random import Random

from infra.demo.phones import filled

PASSPORTS = {
    "CN": "E########", "JP": "TR#######", "KR": "M########", "SG": "K#######@", "IT": "Y@#######", "FR": "##@@#####",
    "ES": "P@@######", "PT": "C@######", "BR": "F@######", "DE": "C########", "GB": "5########", "US": "5########",
    "RU": "7########", "KZ": "N########", "EG": "A########", "SA": "@#######", "TH": "A@#######", "VN": "C#######",
    "IN": "Z#######",
}  # fmt: skip
PERMITS = {"HK": "H########", "MO": "M########", "TW": "########"}
"""Mainland travel permits of residents of Hong Kong, Macao and Taiwan: China issues them."""


@dataclass(frozen=True)
class Document:
    """As the form asks for it: ``kind`` is passport or travel_permit, ``country`` the one that issued it."""

    kind: str
    number: str
    country: str


def document(rng: Random, nationality: str) -> Document:
    """A document by lot."""
    if nationality in PERMITS:
        return Document("travel_permit", filled(rng, PERMITS[nationality]), "CN")
    return Document("passport", filled(rng, PASSPORTS[nationality]), nationality)
