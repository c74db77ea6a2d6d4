"""What requests carry, as types: unknown fields are refused, every length is bounded."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from chalicelib.domain.errors import FieldError, Invalid

B = TypeVar("B")
Short = Annotated[str, Meta(min_length=1, max_length=100)]
Text = Annotated[str, Meta(max_length=500)]
Hour = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Names = Annotated[dict[str, Short], Meta(min_length=1, max_length=30)]
Count = Annotated[int, Meta(ge=0, le=100_000)]


class Strict(Struct, forbid_unknown_fields=True):
    """A body that refuses what it does not know."""


class DeclarationBody(Strict):
    """A filled-in form."""

    form: Short
    version: int
    language: Short
    point: Short
    answers: Any


class RecoverBody(Strict):
    """What a lost pass is found by."""

    reference: Short
    document_number: Short
    date_of_birth: Short


class VerbBody(Strict):
    """A verb of a traveller; ``answers`` are the fields that ``correct`` changes."""

    reason: Text = ""
    answers: dict[str, Any] | None = None


class QuarantineBody(Strict):
    """``days`` defaults to the point's; ``start_date`` to today there."""

    kind: Literal["hotel", "home"]
    place: Annotated[str, Meta(min_length=1, max_length=200)]
    room: Annotated[str, Meta(max_length=200)] = ""
    start_date: date | None = None
    days: int | None = None


class ChangeBody(Strict):
    """Another end date."""

    end_date: date
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class VehicleBody(Strict):
    """``capacity`` counts seats for travellers."""

    plate: Annotated[str, Meta(min_length=1, max_length=20)]
    kind: Annotated[str, Meta(min_length=1, max_length=40)]
    capacity: Annotated[int, Meta(ge=1, le=100)]


class EscortBody(Strict):
    """Who rides along."""

    name: Short
    phone: Annotated[str, Meta(min_length=1, max_length=40)]


class DispatchBody(Strict):
    """A vehicle for a district."""

    district: Short
    vehicle: VehicleBody
    escort: EscortBody
    traveller_ids: Annotated[list[Short], Meta(max_length=100)]


class BoardBody(Strict):
    """One of the two."""

    pass_: str | None = msgspec.field(default=None, name="pass")
    traveller_id: str | None = None


class ArriveBody(Strict):
    """The headcount."""

    present: Annotated[list[Short], Meta(max_length=100)]


class SearchBody(Strict):
    """One of the fields, and a date that widens it."""

    document_number: Short | None = None
    phone: Short | None = None
    reference: Short | None = None
    plate: Short | None = None
    name: Short | None = None
    date: "date | None" = None


class FlightBody(Strict):
    """A flight of a day."""

    kind: Literal["scheduled", "charter", "business"]
    route: Literal["international", "hk_mo_tw", "domestic"]
    scheduled: datetime
    expected_heads: Annotated[int, Meta(ge=0, le=1000)]
    origin: Short = msgspec.field(name="from")
    estimated: datetime | None = None


class ZoneBody(Strict):
    """A zone of the hall."""

    zone: Annotated[str, Meta(min_length=1, max_length=10)]
    labels: Names


class PointBody(Strict):
    """A point of entry, whole."""

    names: Names
    time_zone: Short
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    languages: Annotated[list[Short], Meta(min_length=1, max_length=30)]
    quarantine_days: Annotated[int, Meta(ge=1, le=60)]
    release_hour: Hour
    hotline: Annotated[str, Meta(min_length=3, max_length=30)]
    zones: Annotated[list[ZoneBody], Meta(max_length=100)]
    zone_shared: Short
    zone_elsewhere: Short
    zone_none: Short


class DutyBody(Strict):
    """Local hours; equal ends are around the clock."""

    start: Hour = msgspec.field(name="from")
    until: Hour = msgspec.field(name="to")


class ContactBody(Strict):
    """A person of the district; without hours on duty around the clock."""

    name: Short
    phone: Annotated[str, Meta(min_length=1, max_length=40)]
    language: Short = "zh-Hans"
    reach: Literal["text", "call"] = "text"
    duty: Annotated[list[DutyBody], Meta(max_length=10)] = []
    deputy: bool = False


class DistrictBody(Strict):
    """A district, whole."""

    names: Names
    kind: Short = "district"
    code: Annotated[str, Meta(max_length=20)] = ""
    reception_point: bool = False
    zone: Annotated[str, Meta(max_length=10)] = ""
    contacts: Annotated[list[ContactBody], Meta(max_length=50)] = []


class HotelBody(Strict):
    """A quarantine hotel."""

    names: Names
    district: Short
    rooms: Count
    capacity: Count


_CODES = (
    (r"missing required field `(\w+)`", "required"),
    (r"contains unknown field `(.+)`", "unknown_field"),
    (r"of length <=", "too_long"),
    (r"of length >=", "too_short"),
    (r"Invalid enum value", "not_a_choice"),
    (r"matching regex", "not_a_choice"),
    (r"Invalid RFC3339 (?:encoded )?date\b", "not_a_date"),
    (r"Invalid RFC3339", "not_a_time"),
    (r"Expected `int` [<>]", "out_of_range"),
)


def read(kind: type[B], raw: Any) -> B:
    """The body as its type; raises Invalid naming the field at fault."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as fault:
        raise Invalid((_fault(str(fault)),)) from None


def _fault(said: str) -> FieldError:
    message, _, where = said.partition(" - at `")
    path = [part for part in re.split(r"[.\[\]]+", where.rstrip("`").lstrip("$")) if part and part != "..."]
    for pattern, code in _CODES:
        found = re.search(pattern, message)
        if found:
            named = [found[1]] if found.groups() else []
            return FieldError(".".join([*path, *named])[:100] or "body", code)
    return FieldError(".".join(path)[:100] or "body", "wrong_type")
