"""A dispatch: one vehicle's journey from the hall to a district, with its roster and its headcounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.audit import Head
from chalicelib.domain.errors import Conflict, NotInState

ROSTER_LIMIT = 60
"""house.md: a vehicle carries 60, so that one transaction of 100 actions holds the whole roster."""
MOST_CHANGES = 9
"""Changes of one vehicle's plan: what was told before is looked up by their numbers."""


class DispatchState(StrEnum):
    """Boarding at the hall, on the road, at the district, handed over."""

    BOARDING = "boarding"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    ACKNOWLEDGED = "acknowledged"


D = DispatchState
DISPATCH_TRANSITIONS: Mapping[str, Mapping[DispatchState, DispatchState]] = {
    "board": {D.BOARDING: D.BOARDING},
    "take_off": {D.BOARDING: D.BOARDING},
    "depart": {D.BOARDING: D.DEPARTED},
    "change_plan": {D.DEPARTED: D.DEPARTED},
    "stop_messages": {D.DEPARTED: D.DEPARTED, D.ARRIVED: D.ARRIVED, D.ACKNOWLEDGED: D.ACKNOWLEDGED},
    "arrive": {D.DEPARTED: D.ARRIVED, D.ARRIVED: D.ARRIVED},
    "acknowledge": {D.ARRIVED: D.ACKNOWLEDGED},
}


@dataclass(frozen=True)
class Vehicle:
    """``capacity`` counts seats for travellers."""

    plate: str
    kind: str
    capacity: int


@dataclass(frozen=True)
class Escort:
    """The personal part: who rides along, and their phone in E.164."""

    name: str
    phone: str


@dataclass(frozen=True)
class Passenger:
    """A place on the roster; the party keeps families countable on one vehicle."""

    case_id: str
    party_id: str


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """One vehicle to one district. ``boarded`` and ``present`` are case ids; ``code`` is what the district answers.

    ``changes`` counts what became different on the road; ``plan`` is the last of these that concerns all aboard.
    ``stopped``: what its departure still owes is not to be sent.
    """

    dispatch_id: str
    point: str
    district: str
    date: date
    opened_at: datetime
    vehicle: Vehicle
    roster: tuple[Passenger, ...]
    boarded: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    state: DispatchState = DispatchState.BOARDING
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    code: str = ""
    changes: int = 0
    plan: int = 0
    stopped: bool = False
    drill: bool = False
    audit: Head = field(default_factory=Head)
    personal: Escort
    version: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Who boarded and was not counted on arrival: the alarm of promise 5 names them."""
        if self.state not in (DispatchState.ARRIVED, DispatchState.ACKNOWLEDGED):
            return ()
        return tuple(case_id for case_id in self.boarded if case_id not in self.present)

    @property
    def discrepancy(self) -> bool:
        """True while boarded and counted heads differ."""
        return bool(self.missing)

    @property
    def riders(self) -> tuple[str, ...]:
        """Who rides: everybody on the roster until the doors close, then those who boarded."""
        waiting = self.state == DispatchState.BOARDING
        return tuple(passenger.case_id for passenger in self.roster) if waiting else self.boarded

    def carries(self, case_id: str) -> bool:
        """Whether the traveller is on the roster."""
        return any(passenger.case_id == case_id for passenger in self.roster)

    def companions_aboard(self, case_id: str) -> tuple[str, ...]:
        """The boarded members of a traveller's party, the traveller included: the declarer first, then by roster."""
        party = {passenger.case_id: passenger.party_id for passenger in self.roster}
        mine = party.get(case_id)
        aboard = [p.case_id for p in self.roster if p.party_id == mine and p.case_id in self.boarded]
        return tuple(sorted(aboard, key=lambda member: member != mine))


def _moved(dispatch: Dispatch, verb: str) -> Dispatch:
    target = DISPATCH_TRANSITIONS[verb].get(dispatch.state)
    if target is None:
        allowed = tuple(name for name, moves in DISPATCH_TRANSITIONS.items() if dispatch.state in moves)
        raise NotInState(verb, dispatch.state, allowed)
    return replace(dispatch, state=target)


def check_roster(vehicle: Vehicle, heads: int) -> None:
    """Raise when the vehicle cannot carry ``heads`` travellers."""
    if heads > min(vehicle.capacity, ROSTER_LIMIT):
        raise Conflict("over_capacity", capacity=str(min(vehicle.capacity, ROSTER_LIMIT)))


def boarded(dispatch: Dispatch, case_id: str) -> Dispatch:
    """Somebody steps in; twice is once."""
    moved = _moved(dispatch, "board")
    if not dispatch.carries(case_id):
        raise Conflict("not_on_roster")
    return moved if case_id in dispatch.boarded else replace(moved, boarded=(*dispatch.boarded, case_id))


def taken_off(dispatch: Dispatch, case_id: str) -> Dispatch:
    """The roster without a traveller whose plan changed before departure."""
    moved = _moved(dispatch, "take_off")
    return replace(
        moved,
        roster=tuple(p for p in dispatch.roster if p.case_id != case_id),
        boarded=tuple(boarded_id for boarded_id in dispatch.boarded if boarded_id != case_id),
    )


def departed(dispatch: Dispatch, now: datetime, code: str = "") -> Dispatch:
    """The doors close on those who boarded; ``code`` is what the district will acknowledge them with."""
    moved = _moved(dispatch, "depart")
    if not dispatch.boarded:
        raise Conflict("nobody_boarded")
    return replace(moved, departed_at=now, code=code)


def replanned(dispatch: Dispatch, *, district: str = "", plate: str = "") -> Dispatch:
    """On the road with another plan for all aboard: another district, another vehicle, or the same ones, later."""
    after = _changed(dispatch)
    vehicle = replace(after.vehicle, plate=plate or after.vehicle.plate)
    return replace(after, district=district or after.district, vehicle=vehicle, plan=after.changes)


def left(dispatch: Dispatch, case_id: str) -> Dispatch:
    """Somebody left the vehicle on its way: it is one head fewer from here on."""
    after = _changed(dispatch)
    if case_id not in dispatch.boarded:
        raise Conflict("not_aboard")
    return replace(
        after,
        roster=tuple(p for p in dispatch.roster if p.case_id != case_id),
        boarded=tuple(boarded_id for boarded_id in dispatch.boarded if boarded_id != case_id),
    )


def stopped(dispatch: Dispatch) -> Dispatch:
    """Its texts are not to be sent any further; saying so twice is saying it once more."""
    return replace(_moved(dispatch, "stop_messages"), stopped=True)


def _changed(dispatch: Dispatch) -> Dispatch:
    moved = _moved(dispatch, "change_plan")
    if dispatch.changes == MOST_CHANGES:
        raise Conflict("too_many_changes", most=str(MOST_CHANGES))
    return replace(moved, changes=dispatch.changes + 1)


def arrived(dispatch: Dispatch, present: tuple[str, ...], now: datetime) -> Dispatch:
    """A headcount at the district; may be repeated until acknowledged, the last one counts."""
    moved = _moved(dispatch, "arrive")
    strangers = set(present) - set(dispatch.boarded)
    if strangers:
        raise Conflict("not_boarded", travellers=" ".join(sorted(strangers)))
    counted = tuple(case_id for case_id in dispatch.boarded if case_id in present)
    return replace(moved, present=counted, arrived_at=dispatch.arrived_at or now)


def acknowledged(dispatch: Dispatch, by: str, now: datetime) -> Dispatch:
    """The district has its people."""
    return replace(_moved(dispatch, "acknowledge"), acknowledged_at=now, acknowledged_by=by)
