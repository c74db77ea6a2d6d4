"""Flights of a day: expected, and counted as people declare."""

import datetime

from chalice import Blueprint

from chalicelib.actions.count_flight import count_flight
from chalicelib.actions.keep_reference import list_flights, put_reference
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.errors import NotFound
from chalicelib.web.access_rules import may
from chalicelib.web.api import place_answers as answers
from chalicelib.web.api.answers import Listed
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.paging import listed, position
from chalicelib.web.api.place_bodies import FlightBody
from chalicelib.web.api.place_resources import flight_answer, flight_line
from chalicelib.web.api.places import version_for
from chalicelib.web.typed import day, one_line
from chalicelib.web.typed import flight as flight_number

blueprint = Blueprint(__name__)
DAY = "/flights/{point}/{date}"


def _day(call: Call, point: str, date: str) -> datetime.date:
    """The date at a point of entry; raises NotFound for an unknown point, Invalid."""
    call.ports.places.point(point)
    found = day("date", date)
    if found is None:
        raise NotFound("flight")
    return found


@endpoint(
    blueprint, "GET", DAY, may("read_flights", "key"), answer=Listed[answers.FlightLine], query=("limit", "cursor")
)
def get_flights(call: Call, point: str, date: str) -> Answer:
    """A page of a day's flights."""
    page = list_flights(call.ports, call.officer, point, _day(call, point, date), call.limit, position(call))
    return listed(call, page, flight_line)


@endpoint(blueprint, "GET", f"{DAY}/{{number}}", may("read_flights", "key"), answer=answers.Flight, etag=True)
def get_flight(call: Call, point: str, date: str, number: str) -> Answer:
    """A flight with its counts."""
    when, name = _day(call, point, date), flight_number("number", number)
    found = call.ports.store.get(Flight, point, when, name)
    return flight_answer(found, count_flight(call.ports, found))


@endpoint(
    blueprint, "PUT", f"{DAY}/{{number}}", may("put_flight", "key"), body=FlightBody, answer=answers.Flight,
    statuses=(200, 201), etag=True, match="demanded",
)  # fmt: skip
def put_flight(call: Call, point: str, date: str, number: str) -> Answer:
    """A flight, whole; its number without leading zeros, as declarations have it."""
    when, name = _day(call, point, date), flight_number("number", number)
    body = call.body(FlightBody)
    standing = call.ports.store.find(Flight, point, when, name)
    flight = Flight(
        point=point, date=when, number=name, kind=body.kind, route=body.route, origin=one_line("from", body.origin),
        scheduled=body.scheduled, estimated=body.estimated, expected_heads=body.expected_heads,
        drill=body.drill,
        version=version_for(call, standing),
    )  # fmt: skip
    written = put_reference(call.ports, call.officer, flight)
    return flight_answer(written, count_flight(call.ports, written), 200 if standing else 201)
