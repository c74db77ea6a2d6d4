"""One box that finds a traveller by whatever is at hand. What is typed is posted, and stands in no address."""

from datetime import date

from chalice import Blueprint, Response

from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.identifiers import reference
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.shapes import Reading, readings
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import day as read_day
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
READ = may("read_cases")
NOTHING_TYPED = N_("Enter what you look for")


@page(blueprint, "/console/search", access=READ)
def ask(visit: Visit) -> Response:
    """The box."""
    return Desk.of(visit).render("search", typed="", chosen="", found=None, problem="")


@page(blueprint, "/console/search", access=READ, methods=("POST",))
def search(visit: Visit) -> Response:
    """One traveller or a flight is opened at once; several, or none, are listed."""
    desk, typed = Desk.of(visit), visit.form.text("q")
    chosen = _day(visit.form.text("date"))
    if not typed:
        return desk.render("search", 422, typed="", chosen=chosen or "", found=None, problem=visit.say(NOTHING_TYPED))
    for reading in readings(typed, desk.point):
        if reading.field == "flight":
            if place := _flight(desk, reading.value, chosen or desk.today):
                return visit.redirect(place)
            continue
        if found := _people(desk, reading, chosen):
            return _show(desk, reading, found)
    return desk.render("search", typed=typed, chosen=chosen or "", found=(), problem="")


def _show(desk: Desk, reading: Reading, found: tuple[Case, ...]) -> Response:
    if len(found) == 1 and reading.field != "name":
        return desk.visit.redirect(f"/console/travellers/{found[0].case_id}")
    form = desk.visit.form
    return desk.render("search", typed=form.text("q"), chosen=form.text("date"), found=found, problem="")


def _day(typed: str) -> date | None:
    try:
        return read_day("date", typed)
    except Invalid:
        return None


def _flight(desk: Desk, number: str, day: date) -> str:
    """Where a flight's page is, when the point knows the flight or anybody on it."""
    own_page, wanted = desk.visit.may("read_flights"), Filter(flight=number, day=day)
    listed = own_page and desk.ports.store.find(Flight, desk.point.point, day, number) is not None
    if not listed and not list_travellers(desk.ports, desk.officer, desk.point, wanted, 1, None).items:
        return ""
    return f"/console/flights/{day}/{number}" if own_page else f"/console/travellers?flight={number}&date={day}"


def _people(desk: Desk, reading: Reading, day: date | None) -> tuple[Case, ...]:
    field, value = reading.field, reading.value
    if field == "pass":
        try:
            field, value = "reference", reference(desk.wiring.passes.read(value).case_id)
        except NotFound:
            return ()
    return find_travellers(desk.ports, desk.officer, desk.point, Query(field, value, day))
