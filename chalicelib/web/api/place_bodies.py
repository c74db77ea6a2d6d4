"""What requests about points, districts, hotels and flights carry, as types."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chalicelib.domain.places import CONFIRM_ABOVE, DAILY_CEILING, MOST_CONTACTS
from chalicelib.web.api.bodies import Short, Strict

Hour = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Names = Annotated[dict[str, Short], Meta(min_length=1, max_length=30)]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339 with its offset")]
Count = Annotated[int, Meta(ge=0, le=100_000)]


class FlightBody(Strict):
    """A flight of a day."""

    kind: Literal["scheduled", "charter", "business"]
    route: Literal["international", "hk_mo_tw", "domestic"]
    scheduled: Moment
    expected_heads: Annotated[int, Meta(ge=0, le=1000)]
    origin: Short = msgspec.field(name="from")
    estimated: Moment | None = None
    drill: bool = False


class ZoneBody(Strict):
    """A zone of the hall."""

    zone: Annotated[str, Meta(min_length=1, max_length=10)]
    labels: Names


class PointBody(Strict):
    """A point of entry, whole; a ``coordinator_phone`` that is left out stays as it is, an empty one is none.

    So does ``coordinator_language``, the language of the texts to it.
    """

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
    confirm_above: Annotated[int, Meta(ge=1, le=100_000)] = CONFIRM_ABOVE
    daily_ceiling: Annotated[int, Meta(ge=1, le=10_000_000)] = DAILY_CEILING
    coordinator_phone: Annotated[str, Meta(max_length=40)] | msgspec.UnsetType = msgspec.UNSET
    coordinator_language: Short | msgspec.UnsetType = msgspec.UNSET


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
    duty: Annotated[list[DutyBody], Meta(max_length=10)] = msgspec.field(default_factory=list)
    deputy: bool = False


class FallbackBody(Strict):
    """The number that is told when nobody is on duty."""

    phone: Annotated[str, Meta(min_length=1, max_length=40)]
    language: Short = "zh-Hans"
    reach: Literal["text", "call"] = "text"


class DistrictBody(Strict):
    """A district, whole; a ``fallback`` that is left out stays as it is.

    It has no more contacts than can all be told in one transaction.
    """

    names: Names
    kind: Short = "district"
    code: Annotated[str, Meta(max_length=20)] = ""
    reception_point: bool = False
    zone: Annotated[str, Meta(max_length=10)] = ""
    contacts: Annotated[list[ContactBody], Meta(max_length=MOST_CONTACTS)] = msgspec.field(default_factory=list)
    fallback: FallbackBody | msgspec.UnsetType | None = msgspec.UNSET


class HotelBody(Strict):
    """A quarantine hotel."""

    names: Names
    district: Short
    rooms: Count
    capacity: Count
