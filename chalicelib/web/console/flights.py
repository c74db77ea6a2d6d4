"""Flights of a day: expected heads beside those who declared; and each flight's people."""

from dataclasses import replace
from datetime import date
from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.keep_reference import list_flights, put_reference
from chalicelib.actions.list_travellers import Filter
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import Invalid, NotFound, Stale
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.flight_form import NEW, as_typed, read_flight, typed_flight
from chalicelib.web.console.keeping import put_once
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.console.tallies import Tally, everybody, in_parties, tally
from chalicelib.web.console.words import FLIGHT_KINDS, ROUTES
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import day as read_day
from chalicelib.web.typed import version
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
READ, PUT = may("read_flights"), may("put_flight")
MOST = 100
SAVED = N_("Flight %(number)s is saved.")


@page(blueprint, "/console/flights", access=READ)
def flights(visit: Visit) -> Response:
    """A day's flights, in the order in which they land."""
    desk = Desk.of(visit)
    return _list(desk, desk.asked_day(), NEW)


def _list(desk: Desk, day: date, typed: dict[str, str], problems: Any = (), status: int = 200) -> Response:
    found = list_flights(desk.ports, desk.officer, desk.point.point, day, MOST, None).items
    counts = tally(desk, day) if desk.visit.may("read_cases") else None
    unknown = sorted(set(counts.flights) - {flight.number for flight in found}) if counts else []
    return desk.render(
        "flights", status, day=day, flights=sorted(found, key=lambda flight: flight.estimated or flight.scheduled),
        counts=counts, unknown=unknown, typed=typed, problems=dict(problems), kinds=FLIGHT_KINDS, routes=ROUTES,
    )  # fmt: skip


@page(blueprint, "/console/flights", access=PUT, methods=("POST",))
def add_flight(visit: Visit) -> Response:
    """A new flight of the day."""
    desk = Desk.of(visit)
    day = read_day("date", visit.form.text("date")) or desk.today
    typed = typed_flight(visit)
    try:
        written = put_reference(desk.ports, desk.officer, read_flight(desk, day, typed, 0))
    except Invalid as invalid:
        return _list(desk, day, typed, faults(visit, invalid), 422)
    except Stale:
        return _list(desk, day, typed, {"number": visit.say(N_("This flight is on the list already"))}, 422)
    return visit.redirect(f"/console/flights/{day}/{written.number}", visit.say(SAVED, number=written.number))


@page(blueprint, "/console/flights/{day}/{number}", access=READ)
def flight(visit: Visit, day: str, number: str) -> Response:
    """One flight: its facts, and who of it declared."""
    desk, on = Desk.of(visit), _date(day)
    return _one(desk, on, number, desk.ports.store.find(Flight, desk.point.point, on, number))


def _one(
    desk: Desk, on: date, number: str, known: Flight | None, typed: dict[str, str] | None = None, problems: Any = (),
    status: int = 200,
) -> Response:  # fmt: skip
    people, whole = everybody(desk, on, Filter(flight=number, day=on)) if desk.visit.may("read_cases") else ((), True)
    if known is None and not people:
        raise NotFound("flight")
    counts = Tally(whole=whole)
    for case in people:
        counts.add(case)
    return desk.render(
        "flight", status, flight=known, number=number, day=on, parties=in_parties(people), counts=counts,
        typed=typed or (as_typed(desk, known) if known else {**NEW, "number": number}), problems=dict(problems),
        kinds=FLIGHT_KINDS, routes=ROUTES,
    )  # fmt: skip


@page(blueprint, "/console/flights/{day}/{number}", access=PUT, methods=("POST",))
def save_flight(visit: Visit, day: str, number: str) -> Response:
    """The flight as the form says, when nobody else changed it meanwhile."""
    return attempt(visit, f"/console/flights/{day}/{number}", lambda: _saved(Desk.of(visit), _date(day), number))


def _saved(desk: Desk, on: date, number: str) -> Response:
    check_may(desk.officer, "put_flight")
    typed, as_read = {**typed_flight(desk.visit), "number": number}, version(desk.visit.form.text("version"))
    try:
        changed = read_flight(desk, on, typed, as_read or 0)
    except Invalid as invalid:
        known = desk.ports.store.find(Flight, desk.point.point, on, number)
        shown = replace(known, version=as_read) if known and as_read is not None else known
        return _one(desk, on, number, shown, typed, faults(desk.visit, invalid), 422)
    put_once(desk, changed, desk.point.point, on, changed.number)
    return desk.visit.redirect(f"/console/flights/{on}/{number}", desk.visit.say(SAVED, number=number))


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise NotFound("flight") from None
