"""Quarantine hotels: the list, and one more."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.keep_reference import list_hotels, put_reference
from chalicelib.domain.arrivals import Hotel
from chalicelib.domain.errors import FieldError, Invalid, Stale
from chalicelib.domain.identifiers import derived_id
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import faults
from chalicelib.web.cursor import opened, sealed
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import one_line
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PAGE = 100
FIELDS = ("name_zh", "name_en", "district", "rooms", "capacity")
ADDED = N_("%(hotel)s is on the list.")


@page(blueprint, "/console/hotels", access=may("read_hotels"))
def hotels(visit: Visit) -> Response:
    """The hotels, and the form for one more."""
    return _show(Desk.of(visit))


@page(blueprint, "/console/hotels", access=may("put_hotel"), methods=("POST",))
def add_hotel(visit: Visit) -> Response:
    """One more; the same one again is once."""
    desk = Desk.of(visit)
    try:
        hotel = _hotel(desk)
        put_reference(desk.ports, desk.officer, hotel)
    except Invalid as invalid:
        return _show(desk, faults(visit, invalid), 422)
    except Stale:
        return _show(desk, {"name_zh": visit.say(N_("This hotel is on the list already"))}, 422)
    return visit.redirect("/console/hotels", visit.say(ADDED, hotel=_name(hotel, visit.language)))


def _show(desk: Desk, problems: Any = (), status: int = 200) -> Response:
    found = list_hotels(desk.ports, desk.officer, PAGE, opened(desk.visit.query.get("cursor", "")))
    rows = [(hotel, _name(hotel, desk.visit.language)) for hotel in found.items]
    following = sealed(found.cursor)
    return desk.render(
        "hotels", status, rows=rows, problems=dict(problems),
        typed={name: desk.visit.form.text(name) for name in FIELDS},
        next=f"/console/hotels?cursor={following}" if following else "",
    )  # fmt: skip


def _name(hotel: Hotel, language: str) -> str:
    return hotel.names.get(language) or next(iter(hotel.names.values()), hotel.hotel)


def _hotel(desk: Desk) -> Hotel:
    form = desk.visit.form
    names = {"zh-Hans": form.text("name_zh"), "en": form.text("name_en")}
    given = {tag: one_line("name_zh", name, 100) for tag, name in names.items() if name}
    numbers = {name: form.text(name) for name in ("rooms", "capacity")}
    errors = [
        FieldError(name, "not_a_number")
        for name, typed in numbers.items()
        if not (typed.isascii() and typed.isdigit() and len(typed) < 6)
    ]
    if not given:
        errors.append(FieldError("name_zh", "required"))
    if form.text("district") not in desk.ports.places.districts():
        errors.append(FieldError("district", "unknown"))
    if errors:
        raise Invalid(tuple(errors))
    first = sorted(given.items())[0][1]
    return Hotel(
        hotel=derived_id("hotel", form.text("district"), first, length=10), names=given,
        district=form.text("district"), rooms=int(numbers["rooms"]), capacity=int(numbers["capacity"]),
    )  # fmt: skip
