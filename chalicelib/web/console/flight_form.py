"""A flight as it is typed: read with every fault at once, and shown again as it was."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.arrivals import Flight
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.shapes import readings
from chalicelib.web.console.words import FLIGHT_KINDS, ROUTES
from chalicelib.web.typed import one_line
from chalicelib.web.visit import Visit

FIELDS = ("number", "kind", "route", "origin", "scheduled", "estimated", "expected_heads", "drill")
NEW = dict.fromkeys(FIELDS, "") | {"kind": "scheduled", "route": "international"}


def typed_flight(visit: Visit) -> dict[str, str]:
    """What stands in the posted form."""
    return {name: visit.form.text(name) for name in FIELDS}


def as_typed(desk: Desk, known: Flight) -> dict[str, str]:
    """A known flight as the form has it, times on the point's clocks."""
    return {
        "number": known.number, "kind": known.kind, "route": known.route, "origin": known.origin,
        "scheduled": f"{desk.local(known.scheduled):%H:%M}",
        "estimated": f"{desk.local(known.estimated):%Y-%m-%dT%H:%M}" if known.estimated else "",
        "expected_heads": str(known.expected_heads), "drill": "yes" if known.drill else "",
    }  # fmt: skip


def read_flight(desk: Desk, on: date, typed: dict[str, str], version: int) -> Flight:
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
        expected_heads=int(heads), drill=typed["drill"] == "yes", version=version,
    )  # fmt: skip


def _moment(typed: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone)
    except ValueError:
        return None
