"""``/``: which point of entry, in which language."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalice import Response

from chalicelib.domain.places import Point
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.language import Language, spoken
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring


@dataclass(frozen=True)
class Door:
    """A point of entry as it is offered: its name in the page's language, and the languages of its form."""

    point: str
    name: str
    languages: tuple[Language, ...]


@page(blueprint, "/", access=PUBLIC)
def choose_point(visit: Visit) -> Response:
    """Every point of entry, by name."""
    points = wiring().places.points().values()
    doors = sorted((_door(point, visit.language) for point in points), key=lambda door: door.name)
    return visit.render("traveller/doorway.html", doors=doors)


def point_name(point: Point, language: str) -> str:
    """The point's name in ``language``, else in English, else its code."""
    return named(point.names, language, point.point)


def named(names: Mapping[str, str], language: str, otherwise: str) -> str:
    """The name in ``language``, else in English, else ``otherwise``."""
    return names.get(language) or names.get("en") or otherwise


def _door(point: Point, language: str) -> Door:
    return Door(point.point, point_name(point, language), spoken(point.languages))
