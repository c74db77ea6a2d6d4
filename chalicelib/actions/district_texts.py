"""What a vehicle's district is told: one digest to each contact on duty, and what became different since."""

from chalicelib.actions.correct_texts import Told, corrections
from chalicelib.actions.dispatchwork import DispatchWork
from chalicelib.actions.owing import owed
from chalicelib.actions.ports import Change, Owe
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.notices import Notice, to_district
from chalicelib.domain.places import Contact
from chalicelib.domain.work import Task


def digest(work: DispatchWork, number: int = 0) -> list[Change]:
    """One text for the vehicle to each contact on duty; the coordinator is told when nobody is, and when the fallback
    number stands in.

    ``number`` is the change of plan that makes it this district's vehicle; 0 is the departure.
    """
    ports, dispatch, now = work.ports, work.dispatch, work.ports.clock()
    district, zone = ports.places.district(dispatch.district), work.point.time_zone
    asleep = [] if district.on_duty(now, zone) else [Owe(alarm(work, "nobody_on_duty", "coordination", number))]
    key = _vehicle(dispatch, number).key("dispatched", number)
    notices = _notices(district.to_tell(now, zone), "dispatched", key, dispatch, len(dispatch.boarded))
    return [*asleep, *owed(ports, work.point, notices, work.sealed_with, now)]


def corrected_digest(work: DispatchWork, before: Dispatch) -> list[Change]:
    """The corrections for those of the district ``before`` who were told: how many come now, none at all elsewhere."""
    after, ports = work.dispatch, work.ports
    stays = after.district == before.district
    told = _vehicle(before, after.changes)
    contacts = ports.places.district(before.district).everybody
    heads = len(after.boarded) if stays else 0
    changed = _notices(contacts, "plan_changed", told.key("plan_changed", after.changes), before, heads)
    anew = _notices(contacts, "dispatched", told.key("dispatched", after.changes), before, heads) if stays else ()
    return corrections(ports, work.point, work.sealed_with, told, changed, anew)


def alarm(work: DispatchWork, kind: str, desk: str, number: int = 0) -> Task:
    """A task about the vehicle, the same for as long as its plan is."""
    dispatch, now = work.dispatch, work.ports.clock()
    return Task(
        task_id=derived_id(kind, dispatch.dispatch_id, *([str(number)] if number else []), length=20), desk=desk,
        point=dispatch.point, day=dispatch.date, kind=kind, created_at=now, dispatch_id=dispatch.dispatch_id,
        district=dispatch.district, drill=dispatch.drill, sealed_with=work.sealed_with,
    )  # fmt: skip


def _vehicle(dispatch: Dispatch, number: int) -> Told:
    return Told(dispatch.dispatch_id, number, dispatch.departed_at or dispatch.opened_at)


def _notices(contacts: tuple[Contact, ...], event: str, key: str, dispatch: Dispatch, heads: int) -> tuple[Notice, ...]:
    return to_district(
        contacts, event, key, dispatch.district, {"heads": str(heads), "code": dispatch.code},
        dispatch_id=dispatch.dispatch_id, drill=dispatch.drill,
    )  # fmt: skip
