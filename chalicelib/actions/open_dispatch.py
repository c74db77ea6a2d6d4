"""A vehicle is opened for boarding: its roster and each traveller's seat in one transaction, nobody on two vehicles."""

from dataclasses import dataclass, replace

from chalicelib.actions.casework import CaseWork
from chalicelib.actions.dispatchwork import DispatchWork
from chalicelib.actions.expiry import in_days
from chalicelib.actions.ports import Change, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case, check_free_of_vehicle, moved
from chalicelib.domain.desks import check_may, check_sees, confined_to
from chalicelib.domain.dispatch import Dispatch, Escort, Passenger, Vehicle, check_roster
from chalicelib.domain.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.domain.finding import PlateOf
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.officers import Officer
from chalicelib.domain.settle import settled

ROOM = 90
"""Changes of travellers that fit into one transaction beside the vehicle's own. With more of them owed by the vehicle
that left them behind, each is settled first."""
PLATE_KEPT = 40
"""Days that a plate finds its dispatches."""


@dataclass(frozen=True)
class NewDispatch:
    """What an officer asks for; ``key`` makes a repeated request the same dispatch."""

    district: str
    vehicle: Vehicle
    escort: Escort
    traveller_ids: tuple[str, ...]
    key: str


def open_dispatch(ports: Ports, officer: Officer, new: NewDispatch) -> Dispatch:
    """The dispatch, boarding. All travellers are registered, of one point, and free of other vehicles.

    Raises NotPermitted, NotFound, Invalid for a bad roster, NotInState, Conflict for a full or second vehicle.
    """
    check_may(officer, "dispatch")
    ports.places.district(new.district)
    if confined_to(officer) not in (None, new.district):
        raise NotFound("district")
    _check_list(new.traveller_ids)
    check_roster(new.vehicle, len(new.traveller_ids))
    works = [_seated(work, new) for work in _open_cases(ports, officer, new.traveller_ids)]
    vehicle = _vehicle(ports, officer, new, works)
    seats: list[Change] = [Save(replace(w.case, dispatch_id=vehicle.dispatch.dispatch_id)) for w in works]
    settled = [change for work in works for change in work.changes]
    return vehicle.commit(*seats, *settled, Save(plate_row(ports, vehicle.dispatch)))


def _check_list(traveller_ids: tuple[str, ...]) -> None:
    if not traveller_ids:
        raise Invalid((FieldError("traveller_ids", "required"),))
    if len(set(traveller_ids)) != len(traveller_ids):
        raise Invalid((FieldError("traveller_ids", "repeated"),))


def _open_cases(ports: Ports, officer: Officer, traveller_ids: tuple[str, ...]) -> list[CaseWork]:
    """A roster's cases in two reads, however long it is."""
    cases = ports.store.many(Case, [(case_id,) for case_id in traveller_ids])
    if len(cases) < len(traveller_ids):
        raise NotFound("case")
    wanted = {(case.dispatch_id,): None for case in cases.values() if case.dispatch_id}
    dispatches = ports.store.many(Dispatch, list(wanted))
    listed = [(cases[case_id,], dispatches.get((cases[case_id,].dispatch_id,))) for case_id in traveller_ids]
    for case, dispatch in listed:
        check_sees(officer, settled(case, dispatch).district)
    works = [CaseWork(ports, case, dispatch, officer.officer_id) for case, dispatch in listed]
    if len(works) + sum(len(work.changes) for work in works) <= ROOM:
        return works
    return [CaseWork(ports, work.commit(), work.dispatch, officer.officer_id) for work in works]


def _seated(work: CaseWork, new: NewDispatch) -> CaseWork:
    moved(work.case, "dispatch")
    check_free_of_vehicle(work.case)
    work.case = replace(work.case, district=new.district)
    return work


def _vehicle(ports: Ports, officer: Officer, new: NewDispatch, works: list[CaseWork]) -> DispatchWork:
    point = works[0].case.point
    if any(work.case.point != point for work in works):
        raise Conflict("several_points")
    if len({work.case.drill for work in works}) > 1:
        raise Conflict("drill_and_real")
    now = ports.clock()
    dispatch = Dispatch(
        dispatch_id=derived_id("dispatch", officer.officer_id, new.key, length=16), point=point,
        district=new.district, date=local_date(now, ports.places.point(point).time_zone), opened_at=now,
        vehicle=new.vehicle, roster=tuple(Passenger(w.case.case_id, w.case.party_id) for w in works),
        drill=works[0].case.drill, personal=new.escort,
    )  # fmt: skip
    work = DispatchWork(ports, dispatch, officer.officer_id)
    work.apply(dispatch, "open", {"travellers": [passenger.case_id for passenger in dispatch.roster]})
    return work


def plate_row(ports: Ports, dispatch: Dispatch) -> PlateOf:
    """The row by which the vehicle's plate finds it."""
    return PlateOf(
        plate=dispatch.vehicle.plate, date=dispatch.date, dispatch_id=dispatch.dispatch_id,
        expires_at=in_days(ports.clock(), PLATE_KEPT),
    )  # fmt: skip
