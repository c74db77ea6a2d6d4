"""Points, districts, hotels and flights of the domain as what the API answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.domain.arrivals import Flight, Hotel
from chalicelib.domain.places import Contact, District, Point
from chalicelib.domain.states import State
from chalicelib.web.api import place_answers as answers
from chalicelib.web.api.call import Answer
from chalicelib.web.language import spoken


def point_answer(point: Point, status: int = 200, *, whole: bool = False) -> Answer:
    """A point of entry, with the languages in which one can declare; ``whole`` with the coordinator's phone."""
    body = answers.Point(
        point=point.point, names=dict(point.names), time_zone=point.time_zone, country=point.country,
        languages=[language.tag for language in spoken(point.languages)], quarantine_days=point.quarantine_days,
        release_hour=point.release_hour, hotline=point.hotline,
        zones=[answers.Zone(zone.zone, dict(zone.labels)) for zone in point.zones],
        zone_shared=point.zone_shared, zone_elsewhere=point.zone_elsewhere, zone_none=point.zone_none,
        confirm_above=point.confirm_above, daily_ceiling=point.daily_ceiling,
        coordinator_phone=point.personal.phone if whole else None,
        coordinator_language=point.personal.language if whole else None,
    )  # fmt: skip
    return Answer(body, status, str(point.version))


def district_line(district: District) -> answers.DistrictLine:
    """A district in a list."""
    return answers.DistrictLine(**_district(district))


def _district(district: District) -> dict[str, Any]:
    return {
        "district": district.district, "names": dict(district.names), "kind": district.kind, "code": district.code,
        "reception_point": district.reception_point, "zone": district.zone,
    }  # fmt: skip


def district_answer(district: District, point: Point | None, now: datetime, status: int = 200) -> Answer:
    """A district with its contacts, and who of them is on duty by the clock of ``point``."""
    labels: Mapping[str, str] = next((z.labels for z in point.zones if z.zone == district.zone), {}) if point else {}
    on_duty = district.on_duty(now, point.time_zone) if point else ()
    body = answers.District(
        **_district(district), zone_label=dict(labels), on_duty=[contact.name for contact in on_duty],
        contacts=[_contact(contact) for contact in district.personal.contacts],
        fallback=_fallback(district.personal.fallback),
    )  # fmt: skip
    return Answer(body, status, str(district.version))


def _contact(contact: Contact) -> answers.Contact:
    return answers.Contact(
        name=contact.name, phone=contact.phone, language=contact.language, reach=contact.reach,
        duty=[answers.DutyHours(hours.start, hours.until) for hours in contact.duty], deputy=contact.deputy,
    )  # fmt: skip


def _fallback(number: Contact | None) -> answers.Fallback | None:
    return answers.Fallback(phone=number.phone, language=number.language, reach=number.reach) if number else None


def hotel_body(hotel: Hotel) -> answers.Hotel:
    """A hotel."""
    return answers.Hotel(
        hotel=hotel.hotel, names=dict(hotel.names), district=hotel.district, rooms=hotel.rooms,
        capacity=hotel.capacity,
    )  # fmt: skip


def flight_line(flight: Flight) -> answers.FlightLine:
    """A flight in a list."""
    return answers.FlightLine(**_flight(flight))


def flight_answer(flight: Flight, by_state: Mapping[str, int], status: int = 200) -> Answer:
    """A flight, and how many of it have declared: whoever is void was nobody."""
    declared = sum(by_state.values()) - by_state.get(State.VOID, 0)
    counts = answers.Counts(declared, flight.expected_heads, dict(by_state))
    return Answer(answers.Flight(**_flight(flight), counts=counts), status, str(flight.version))


def _flight(flight: Flight) -> dict[str, Any]:
    return {
        "point": flight.point, "date": flight.date, "number": flight.number, "kind": flight.kind,
        "route": flight.route, "origin": flight.origin, "scheduled": flight.scheduled.isoformat(),
        "estimated": flight.estimated.isoformat() if flight.estimated else None,
        "expected_heads": flight.expected_heads, "drill": flight.drill,
    }  # fmt: skip
