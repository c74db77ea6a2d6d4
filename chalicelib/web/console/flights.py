"""Flights of a day: expected heads beside those who declared; and each flight's people."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalice import Blueprint, Response

from chalicelib.actions.keep_reference import list_flights, put_reference
from chalicelib.actions.list_travellers import Filter
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.web.access_rules import may
from chalicelib.web.api.values import day as read_day
from chalicelib.web.api.values import one_line
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.console.shapes import readings
from chalicelib.web.console.tallies import Tally, everybody, in_parties, tally
from chalicelib.web.console.words import FLIGHT_KINDS, ROUTES
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
READ, PUT = may("read_flights"), may("put_flight")
MOST = 100
SAVED = N_("Flight %(number)s is saved.")
FIELDS = ("number", "kind", "route", "origin", "scheduled", "estimated", "expected_heads")
NEW = dict.fromkeys(FIELDS, "") | {"kind": "scheduled", "route": "international"}


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
    typed = _typed(visit)
    try:
        written = put_reference(desk.ports, desk.officer, _flight(desk, day, typed, 0))
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
        typed=typed or (_as_typed(desk, known) if known else {**NEW, "number": number}), problems=dict(problems),
        kinds=FLIGHT_KINDS, routes=ROUTES,
    )  # fmt: skip


@page(blueprint, "/console/flights/{day}/{number}", access=PUT, methods=("POST",))
def save_flight(visit: Visit, day: str, number: str) -> Response:
    """The flight as the form says, when nobody else changed it meanwhile."""
    return attempt(visit, f"/console/flights/{day}/{number}", lambda: _saved(Desk.of(visit), _date(day), number))


def _saved(desk: Desk, on: date, number: str) -> Response:
    check_may(desk.officer, "put_flight")
    typed, version = {**_typed(desk.visit), "number": number}, desk.visit.form.text("version")
    try:
        changed = _flight(desk, on, typed, int(version) if version.isdigit() else 0)
    except Invalid as invalid:
        known = desk.ports.store.find(Flight, desk.point.point, on, number)
        shown = replace(known, version=int(version)) if known and version.isdigit() else known
        return _one(desk, on, number, shown, typed, faults(desk.visit, invalid), 422)
    put_reference(desk.ports, desk.officer, changed)
    return desk.visit.redirect(f"/console/flights/{on}/{number}", desk.visit.say(SAVED, number=number))


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise NotFound("flight") from None


def _typed(visit: Visit) -> dict[str, str]:
    return {name: visit.form.text(name) for name in FIELDS}


def _as_typed(desk: Desk, known: Flight) -> dict[str, str]:
    return {
        "number": known.number, "kind": known.kind, "route": known.route, "origin": known.origin,
        "scheduled": f"{desk.local(known.scheduled):%H:%M}",
        "estimated": f"{desk.local(known.estimated):%Y-%m-%dT%H:%M}" if known.estimated else "",
        "expected_heads": str(known.expected_heads),
    }  # fmt: skip


def _flight(desk: Desk, on: date, typed: dict[str, str], version: int) -> Flight:
    """The flight that was typed; raises Invalid with every fault at once."""
    number = next((one.value for one in readings(typed["number"], desk.point) if one.field == "flight"), "")
    heads, zone = typed["expected_heads"], ZoneInfo(desk.point.time_zone)
    scheduled = _moment(f"{on}T{typed['scheduled']}", zone)
    estimated = _moment(typed["estimated"], zone)
    wrong = {
        "number": "" if number else "not_a_flight",
        "kind": "" if typed["kind"] in FLIGHT_KINDS else "not_a_choice",
        "route": "" if typed["route"] in ROUTES else "not_a_choice",
        "origin": "" if typed["origin"] else "required",
        "scheduled": "" if scheduled else "not_a_time",
        "estimated": "" if estimated or not typed["estimated"] else "not_a_time",
        "expected_heads": "" if heads.isascii() and heads.isdigit() and len(heads) < 5 else "not_a_number",
    }
    if errors := tuple(FieldError(name, code) for name, code in wrong.items() if code):
        raise Invalid(errors)
    assert scheduled is not None
    return Flight(
        point=desk.point.point, date=on, number=number, kind=typed["kind"], route=typed["route"],
        origin=one_line("origin", typed["origin"], 60), scheduled=scheduled, estimated=estimated,
        expected_heads=int(heads), version=version,
    )  # fmt: skip


def _moment(typed: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone)
    except ValueError:
        return None
