"""Reference data put from a form: a second press of the same button finds it as it wanted it."""

from dataclasses import replace
from typing import TypeVar

from chalicelib.actions.keep_reference import put_reference
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.errors import Stale
from chalicelib.domain.places import District, Point
from chalicelib.web.console.desk import Desk

T = TypeVar("T", Flight, District, Point)


def put_once(desk: Desk, entity: T, *key: object) -> T:
    """``entity`` as it stands now under ``key``; raises Stale when it stands there otherwise."""
    try:
        return put_reference(desk.ports, desk.officer, entity)
    except Stale:
        standing = desk.ports.store.find(type(entity), *key)
        if standing is None or replace(standing, version=entity.version) != entity:
            raise
        return standing
