"""Somebody on the wrong list is taken off a vehicle that is still boarding, and waits in the zone again."""

from chalicelib.actions.casework import CaseWork
from chalicelib.actions.dispatchwork import open_dispatch_work
from chalicelib.actions.ports import Ports, Save
from chalicelib.domain.case import Case, without_seat
from chalicelib.domain.desks import check_may
from chalicelib.domain.dispatch import Dispatch, taken_off
from chalicelib.domain.errors import Conflict
from chalicelib.domain.officers import Officer


def take_off_traveller(
    ports: Ports, officer: Officer, dispatch_id: str, case_id: str, etag: str | None = None
) -> Dispatch:
    """The dispatch without the traveller, whose seat is free in the same transaction.

    Raises NotPermitted, NotFound, NotInState once it has departed, Conflict for somebody not on the roster, Stale.
    """
    check_may(officer, "dispatch")
    vehicle = open_dispatch_work(ports, officer, dispatch_id, etag)
    after = taken_off(vehicle.dispatch, case_id)
    if not vehicle.dispatch.carries(case_id):
        raise Conflict("not_on_roster")
    traveller = CaseWork(ports, ports.store.get(Case, case_id), vehicle.dispatch, officer.officer_id)
    traveller.apply(without_seat(traveller.case), "take_off", {"dispatch_id": dispatch_id})
    vehicle.apply(after, "take_off", {"traveller_id": case_id})
    return vehicle.commit(Save(traveller.case), *traveller.changes)
