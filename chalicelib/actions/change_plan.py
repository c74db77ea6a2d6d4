"""A departed vehicle's plan changes: it breaks down, goes to another district, or somebody leaves it on the way."""

from dataclasses import dataclass, replace

from chalicelib.actions.casework import CaseWork
from chalicelib.actions.confirming import check_fan_out
from chalicelib.actions.dispatchwork import DispatchWork, open_dispatch_work
from chalicelib.actions.district_texts import corrected_digest, digest
from chalicelib.actions.drive_dispatch import CODES_TRIED, handover_code
from chalicelib.actions.move_traveller import check_reason
from chalicelib.actions.open_dispatch import plate_row
from chalicelib.actions.ports import AlreadyThere, Change, Ports, Save
from chalicelib.actions.settle_travellers import settle_one
from chalicelib.actions.vehicle_texts import corrected_party
from chalicelib.domain.case import Case, moved, without_seat
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.dispatch import Dispatch, left, replanned
from chalicelib.domain.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.domain.handover import Escalation, begun
from chalicelib.domain.officers import Officer
from chalicelib.domain.work import FanOut

CHANGES = ("breakdown", "district", "left")


@dataclass(frozen=True)
class PlanChange:
    """What became different, one of CHANGES, and why. ``plate`` is the replacement's after a breakdown, if there is
    one; ``district`` where it goes instead; ``traveller_id`` who left it."""

    change: str
    reason: str
    plate: str = ""
    district: str = ""
    traveller_id: str = ""


def change_plan(
    ports: Ports, officer: Officer, dispatch_id: str, change: PlanChange, etag: str | None = None
) -> Dispatch:
    """The dispatch with its new plan; whoever was told before is corrected, the district at once, families by fan-out.

    Raises NotPermitted, NotFound, Invalid, NotInState unless it is on the road, Conflict, Unconfirmed, Stale.
    """
    check_may(officer, "change_plan")
    _check(ports, officer, change)
    work = open_dispatch_work(ports, officer, dispatch_id, etag)
    if change.change == "left":
        return _left(work, change)
    if change.change == "breakdown":
        return _replanned(work, change, replanned(work.dispatch, plate=change.plate), [])
    return _redirected(ports, work, change)


def _check(ports: Ports, officer: Officer, change: PlanChange) -> None:
    check_reason(change.reason, needed=True)
    if change.change not in CHANGES:
        raise Invalid((FieldError("change", "not_a_choice"),))
    needed = {"district": change.district, "left": change.traveller_id}.get(change.change, "-")
    if not needed:
        raise Invalid((FieldError("district" if change.change == "district" else "traveller_id", "required"),))
    if change.change == "district":
        if change.district not in ports.places.districts():
            raise Invalid((FieldError("district", "unknown"),))
        if confined_to(officer) not in (None, change.district):
            raise NotFound("district")


def _redirected(ports: Ports, work: DispatchWork, change: PlanChange) -> Dispatch:
    """To another district: it answers with a code among its own, and its time to answer begins now."""
    before = work.dispatch
    after = replanned(before, district=change.district)
    if change.district == before.district:
        raise Conflict("same_district")
    for attempt in range(CODES_TRIED):
        code, anew = handover_code(ports, after, attempt), DispatchWork(ports, before, work.actor)
        try:
            return _replanned(anew, change, replace(after, code=code.code), [Save(code), *_clock(ports, after)])
        except AlreadyThere:
            continue  # Another vehicle to this district has this code.
    raise Conflict("try_again")


def _clock(ports: Ports, dispatch: Dispatch) -> list[Change]:
    known = ports.store.find(Escalation, dispatch.dispatch_id, dispatch.state)
    clock = begun(dispatch.dispatch_id, dispatch.state, ports.clock())
    return [Save(replace(clock, version=known.version if known else 0))]


def _replanned(work: DispatchWork, change: PlanChange, after: Dispatch, others: list[Change]) -> Dispatch:
    """One transaction for the vehicle and its district, however many ride; the travellers' is owed with it."""
    before, elsewhere = work.dispatch, after.district != work.dispatch.district
    _record(work, after, change, {"from": before.district, "to": after.district} if elsewhere else {})
    stage = f"plan-{after.changes}"
    fan_out = FanOut(dispatch_id=after.dispatch_id, stage=stage, due_at=work.ports.clock())
    owes = [
        Save(fan_out),
        *others,
        *corrected_digest(work, before),
        *(digest(work, after.changes) if elsewhere else ()),
    ]
    if after.vehicle.plate != before.vehicle.plate:
        owes.append(Save(plate_row(work.ports, work.dispatch)))
    check_fan_out(work, owes)
    written = work.commit(*owes)
    work.ports.queue.nudge("fanout", f"{after.dispatch_id}#{stage}")
    return written


def _record(work: DispatchWork, after: Dispatch, change: PlanChange, facts: dict[str, str]) -> None:
    said = {"change": change.change, "number": str(after.changes), **facts}
    work.apply(after, "change_plan", said, {"reason": change.reason})


def _left(work: DispatchWork, change: PlanChange) -> Dispatch:
    """One transaction for the vehicle, who left it, and the texts to their people and to the district.

    The party is brought level first: then all that was ever told of it lies in rows.
    """
    before, ports = work.dispatch, work.ports
    after = left(before, change.traveller_id)
    aboard = before.companions_aboard(change.traveller_id)
    for case_id in aboard:
        settle_one(ports, ports.store.get(Case, case_id), before)
    cases = ports.store.many(Case, [(case_id,) for case_id in aboard])
    leaver = CaseWork(ports, _held(cases.get((change.traveller_id,))), before, work.actor)
    riding = [cases[case_id,] for case_id in aboard if (case_id,) in cases and case_id != change.traveller_id]
    texts = corrected_party(ports, leaver.point, leaver.case, riding[0] if riding else None, before, after)
    away = without_seat(moved(leaver.case, "take_off"))
    leaver.apply(away, "take_off", {"dispatch_id": before.dispatch_id}, {"reason": change.reason})
    _record(work, after, change, {"traveller_id": change.traveller_id})
    return work.commit(Save(leaver.case), *leaver.changes, *texts, *corrected_digest(work, before))


def _held(case: Case | None) -> Case:
    if case is None:
        raise NotFound("traveller")
    return case
