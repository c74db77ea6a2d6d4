"""Points, districts, hotels and flights are put whole, as they were read: an old version is refused."""

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from chalicelib.actions.ports import AlreadyThere, Page, Ports, Save, View
from chalicelib.domain.arrivals import Flight, Hotel
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import District, Point

VERBS = {Point: "put_point", District: "put_district", Hotel: "put_hotel", Flight: "put_flight"}
T = TypeVar("T", Point, District, Hotel, Flight)


def put_reference(ports: Ports, officer: Officer, entity: T) -> T:
    """``entity`` as written, one version on. ``version`` is the one that was read, 0 for a new one.

    Raises NotPermitted, NotFound for another district, Stale.
    """
    check_may(officer, VERBS[type(entity)])
    if isinstance(entity, District):
        _check_own(officer, entity)
    try:
        ports.store.commit([Save(entity)])
    except AlreadyThere:
        raise Stale from None
    if isinstance(entity, Flight):
        ports.drills.forget()
    return replace(entity, version=entity.version + 1)


def _check_own(officer: Officer, district: District) -> None:
    if confined_to(officer) not in (None, district.district):
        raise NotFound("district")


def list_flights(ports: Ports, officer: Officer, point: str, day: date, limit: int, cursor: Any) -> Page:
    """Flights of a point and day."""
    check_may(officer, "read_flights")
    return ports.store.page(View(Flight, "", f"flights#{point}#{day}"), limit, cursor)


def list_hotels(ports: Ports, officer: Officer, limit: int, cursor: Any) -> Page:
    """Hotels by id."""
    check_may(officer, "read_hotels")
    return ports.store.page(View(Hotel, "", "hotels"), limit, cursor)
