"""Flights of a day: expected, and counted as people declare."""

from collections import Counter

from chalice import Blueprint

from chalicelib.actions.count_flight import count_flight
from chalicelib.actions.keep_reference import list_flights, put_reference
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.web.access_rules import may
from chalicelib.web.api.bodies import FlightBody
from chalicelib.web.api.endpoint import Answer, Call, endpoint
from chalicelib.web.api.places import version_for
from chalicelib.web.api.resources import flight_body
from chalicelib.web.api.values import code, day, one_line
from chalicelib.web.cursor import opened, sealed

blueprint = Blueprint(__name__)


def _key(call: Call, point: str, date: str, number: str) -> tuple[str, object, str]:
    call.ports.places.point(point)
    when = day("date", date)
    if when is None:
        raise NotFound("flight")
    return point, when, code("number", number, 10)


@endpoint(blueprint, "GET", "/flights/{point}/{date}", may("read_flights", "key"))
def get_flights(call: Call, point: str, date: str) -> Answer:
    """A page of a day's flights."""
    _, when, _ = _key(call, point, date, "X")
    page = list_flights(call.ports, call.officer, point, when, call.limit, opened(call.query.get("cursor", "")))  # type: ignore[arg-type]
    return Answer({"items": [flight_body(flight) for flight in page.items], "next": sealed(page.cursor)})


@endpoint(blueprint, "GET", "/flights/{point}/{date}/{number}", may("read_flights", "key"))
def get_flight(call: Call, point: str, date: str, number: str) -> Answer:
    """A flight with its counts."""
    return _flight(call, call.ports.store.get(Flight, *_key(call, point, date, number)))


def _flight(call: Call, flight: Flight, status: int = 200) -> Answer:
    states: Counter[str] = count_flight(call.ports, flight)
    counts = {"declared": sum(states.values()), "expected": flight.expected_heads, "by_state": dict(states)}
    return Answer({**flight_body(flight), "counts": counts}, status, str(flight.version))


@endpoint(blueprint, "PUT", "/flights/{point}/{date}/{number}", may("put_flight", "key"))
def put_flight(call: Call, point: str, date: str, number: str) -> Answer:
    """A flight, whole."""
    _, when, name = _key(call, point, date, number)
    body = call.body(FlightBody)
    _check_offset(body)
    standing = call.ports.store.find(Flight, point, when, name)
    flight = Flight(
        point=point, date=when, number=name, kind=body.kind, route=body.route,  # type: ignore[arg-type]
        origin=one_line("from", body.origin), scheduled=body.scheduled, estimated=body.estimated,
        expected_heads=body.expected_heads, version=version_for(call, standing),
    )  # fmt: skip
    written = put_reference(call.ports, call.officer, flight)
    return _flight(call, written, 200 if standing else 201)


def _check_offset(body: FlightBody) -> None:
    for field in ("scheduled", "estimated"):
        moment = getattr(body, field)
        if moment is not None and moment.tzinfo is None:
            raise Invalid((FieldError(field, "not_a_time"),))
