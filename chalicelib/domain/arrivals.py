"""Flights, hotels and the risk list: what the desks know before anybody lands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Flight:
    """A flight of a day; ``scheduled`` and ``estimated`` are instants, ``origin`` an IATA code or a city.

    ``drill``: who declares for it takes part in a drill.
    """

    point: str
    date: date
    number: str
    kind: str
    route: str
    origin: str
    scheduled: datetime
    estimated: datetime | None
    expected_heads: int
    drill: bool = False
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Hotel:
    """A quarantine hotel; ``capacity`` counts rooms."""

    hotel: str
    names: Mapping[str, str]
    district: str
    rooms: int
    capacity: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Once:
    """An idempotency key that was used, written with the change itself.

    ``personal`` is the answer given, sealed because it may name people; None until it was given, and then
    ``resource`` (``case:<id>``, ``dispatch:<id>``) says what to answer from.
    """

    key: str
    body_digest: str
    resource: str
    expires_at: int
    personal: str | None = None
    version: int = 0
