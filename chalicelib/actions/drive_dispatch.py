"""A vehicle on its way: board, depart, arrive, acknowledge. Each is one transaction on the dispatch."""

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.actions.dispatchwork import DispatchWork, open_dispatch_work
from chalicelib.actions.expiry import in_days
from chalicelib.actions.owing import owed
from chalicelib.actions.ports import AlreadyThere, Change, Owe, Ports, Save
from chalicelib.domain.desks import check_may
from chalicelib.domain.dispatch import Dispatch, acknowledged, arrived, boarded, departed
from chalicelib.domain.errors import Conflict
from chalicelib.domain.handover import HandoverCode, begun, code_of
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.notices import to_district
from chalicelib.domain.officers import Officer
from chalicelib.domain.work import FanOut, Task

CODES_TRIED = 8
CODE_KEPT = 7
"""Days: a hand-over that is open for longer is no matter of a code any more."""


def board_traveller(
    ports: Ports, officer: Officer, dispatch_id: str, case_id: str, etag: str | None = None
) -> Dispatch:
    """The dispatch with one more aboard; boarding twice is once. Raises Conflict for somebody not on the roster."""
    check_may(officer, "dispatch")
    work = open_dispatch_work(ports, officer, dispatch_id, etag)
    after = boarded(work.dispatch, case_id)
    if after == work.dispatch:
        return work.dispatch
    work.apply(after, "board", {"traveller_id": case_id})
    return work.commit()


def depart_dispatch(ports: Ports, officer: Officer, dispatch_id: str, etag: str | None = None) -> Dispatch:
    """The dispatch on the road: the digest to the district, and a row that owes the travellers their own, with it."""
    check_may(officer, "dispatch")
    for attempt in range(CODES_TRIED):
        work = open_dispatch_work(ports, officer, dispatch_id, etag)
        try:
            after = _departed(ports, work, _code(ports, work.dispatch, attempt))
        except AlreadyThere:
            continue  # Another vehicle to this district has this code.
        ports.queue.nudge("fanout", f"{dispatch_id}#departed")
        return after
    raise Conflict("try_again")


def _departed(ports: Ports, work: DispatchWork, code: HandoverCode) -> Dispatch:
    now, dispatch_id = ports.clock(), work.dispatch.dispatch_id
    work.apply(departed(work.dispatch, now, code.code), "depart", {"heads": len(work.dispatch.boarded)})
    fan_out = FanOut(dispatch_id=dispatch_id, stage="departed", due_at=now)
    clock = begun(dispatch_id, work.dispatch.state, now)
    return work.commit(Save(fan_out), Save(code), Save(clock), *_digest(ports, work))


def _code(ports: Ports, dispatch: Dispatch, attempt: int) -> HandoverCode:
    """A code that only we can work out. It is free for another vehicle when nobody can still be answering with it."""
    secret = ports.digests.digest(f"{dispatch.date:%Y-%m}", "hand-over", f"{dispatch.dispatch_id}#{attempt}")
    return HandoverCode(
        district=dispatch.district, code=code_of(secret), dispatch_id=dispatch.dispatch_id,
        expires_at=in_days(ports.clock(), CODE_KEPT),
    )  # fmt: skip


def _digest(ports: Ports, work: DispatchWork) -> list[Change]:
    """One text for the vehicle to each contact on duty; the coordinator is told when nobody is, and when the fallback
    number stands in."""
    dispatch, now, zone = work.dispatch, ports.clock(), work.point.time_zone
    district = ports.places.district(dispatch.district)
    alarm = [] if district.on_duty(now, zone) else [Owe(_alarm(work, "nobody_on_duty", "coordination"))]
    notices = to_district(
        district.to_tell(now, zone), "dispatched", f"dispatched#{dispatch.dispatch_id}", dispatch.district,
        {"heads": str(len(dispatch.boarded)), "code": dispatch.code}, dispatch_id=dispatch.dispatch_id,
    )  # fmt: skip
    return [*alarm, *owed(ports, work.point, notices, work.sealed_with, now)]


def _alarm(work: DispatchWork, kind: str, desk: str) -> Task:
    dispatch, now = work.dispatch, work.ports.clock()
    return Task(
        task_id=derived_id(kind, dispatch.dispatch_id, length=20), desk=desk,
        point=dispatch.point, day=dispatch.date, kind=kind, created_at=now, dispatch_id=dispatch.dispatch_id,
        district=dispatch.district, sealed_with=work.sealed_with,
    )  # fmt: skip


def arrive_dispatch(
    ports: Ports, officer: Officer, dispatch_id: str, present: tuple[str, ...], etag: str | None = None
) -> Dispatch:
    """The dispatch with a headcount; the last one counts. Who is missing is an alarm on the coordinator's desk."""
    check_may(officer, "arrive")
    work = open_dispatch_work(ports, officer, dispatch_id, etag)
    first = work.dispatch.arrived_at is None
    after = arrived(work.dispatch, present, ports.clock())
    work.apply(after, "arrive", {"present": list(after.present), "missing": list(after.missing)})
    clock = [Save(begun(dispatch_id, after.state, ports.clock()))] if first else []
    return work.commit(*clock, *_missing_alarm(ports, work))


def _missing_alarm(ports: Ports, work: DispatchWork) -> list[Change]:
    """The alarm of a headcount that misses somebody, rung again or taken back by the next one."""
    alarm = _alarm(work, "missing_on_arrival", "coordination")
    known = ports.store.find(Task, alarm.point, alarm.day, alarm.desk, alarm.task_id)
    if known is None:
        return [Owe(alarm)] if work.dispatch.discrepancy else []
    if work.dispatch.discrepancy == (known.done_at is None):
        return []
    if work.dispatch.discrepancy:
        return [Save(replace(known, done_at=None, done_by=""))]
    return [Save(replace(known, done_at=ports.clock(), done_by=work.actor))]


def acknowledge_handover(ports: Ports, officer: Officer, dispatch_id: str, etag: str | None = None) -> Dispatch:
    """The dispatch handed over: those present are received. Missing people stay with the vehicle, and on the alarm."""
    check_may(officer, "acknowledge")
    return hand_over(ports, open_dispatch_work(ports, officer, dispatch_id, etag))


def hand_over(ports: Ports, work: DispatchWork, *others: Change, by: Mapping[str, str] | None = None) -> Dispatch:
    """The dispatch handed over by ``work.actor``; ``by`` is sealed into the audit. Raises Conflict without heads."""
    dispatch_id, now = work.dispatch.dispatch_id, ports.clock()
    after = acknowledged(work.dispatch, work.actor, now)
    if not after.present:
        raise Conflict("nobody_present")
    work.apply(after, "acknowledge", {"heads": len(after.present), "missing": list(after.missing)}, by)
    written = work.commit(Save(FanOut(dispatch_id=dispatch_id, stage="acknowledged", due_at=now)), *others)
    ports.queue.nudge("fanout", f"{dispatch_id}#acknowledged")
    return written
