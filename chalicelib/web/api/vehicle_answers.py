"""What the API answers about vehicles on their way, as types."""

from datetime import date

from msgspec import Struct

from chalicelib.domain.dispatch import DispatchState
from chalicelib.web.api.answers import Instant


class Vehicle(Struct, frozen=True):
    """``capacity`` counts seats for travellers."""

    plate: str
    kind: str
    capacity: int


class Escort(Struct, frozen=True):
    """Who rides along; the phone is masked."""

    name: str
    phone: str


class Dispatch(Struct, frozen=True, kw_only=True):
    """A vehicle to a district; ``boarded``, ``present`` and ``missing`` are travellers' ids, ``changes`` counts what
    became different since it left."""

    dispatch_id: str
    state: DispatchState
    point: str
    district: str
    date: date
    vehicle: Vehicle
    escort: Escort
    traveller_ids: list[str]
    boarded: list[str]
    present: list[str]
    missing: list[str]
    discrepancy: bool
    changes: int
    drill: bool
    opened_at: Instant
    departed_at: Instant | None
    arrived_at: Instant | None
    acknowledged_at: Instant | None
