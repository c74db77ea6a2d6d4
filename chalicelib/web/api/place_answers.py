"""What the API answers about points, districts, hotels and flights, as types."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct, field

from chalicelib.web.api.answers import Instant, Names

LocalTime = Annotated[str, Meta(description="Local time of day, HH:MM")]


class Zone(Struct, frozen=True):
    """A marked area of the hall."""

    zone: str
    labels: Names


class Point(Struct, frozen=True, kw_only=True):
    """A point of entry and its rules; the coordinator's phone and language are null for who may not put points."""

    point: str
    names: Names
    time_zone: str
    country: str
    languages: list[str]
    quarantine_days: int
    release_hour: LocalTime
    hotline: str
    zones: list[Zone]
    zone_shared: str
    zone_elsewhere: str
    zone_none: str
    confirm_above: int
    daily_ceiling: int
    coordinator_phone: str | None
    coordinator_language: str | None


class DistrictLine(Struct, frozen=True, kw_only=True):
    """A district in a list."""

    district: str
    names: Names
    kind: str
    code: str
    reception_point: bool
    zone: str


class DutyHours(Struct, frozen=True):
    """Local hours; equal ends are around the clock."""

    start: LocalTime = field(name="from")
    until: LocalTime = field(name="to")


class Contact(Struct, frozen=True, kw_only=True):
    """Somebody of the district who is told."""

    name: str
    phone: str
    language: str
    reach: str
    duty: list[DutyHours]
    deputy: bool


class Fallback(Struct, frozen=True, kw_only=True):
    """The number that is told when nobody is on duty."""

    phone: str
    language: str
    reach: str


class District(DistrictLine, frozen=True, kw_only=True):
    """A district, whole; ``on_duty`` are the names of those who would be told now, the ``fallback`` number aside."""

    zone_label: Names
    contacts: list[Contact]
    fallback: Fallback | None
    on_duty: list[str]


class Hotel(Struct, frozen=True, kw_only=True):
    """A quarantine hotel."""

    hotel: str
    names: Names
    district: str
    rooms: int
    capacity: int


class FlightLine(Struct, frozen=True, kw_only=True):
    """A flight in a list."""

    point: str
    date: date
    number: str
    kind: str
    route: str
    origin: str = field(name="from")
    scheduled: Instant
    estimated: Instant | None
    expected_heads: int
    drill: bool


class Counts(Struct, frozen=True):
    """Heads of a flight."""

    declared: int
    expected: int
    by_state: dict[str, int]


class Flight(FlightLine, frozen=True, kw_only=True):
    """A flight with its counts."""

    counts: Counts
