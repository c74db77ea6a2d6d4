"""A district does not answer: its next contact is told, then the coordinator. Each once, however often asked."""

from contextlib import suppress
from dataclasses import replace

from chalicelib.actions.owing import nudge, owed
from chalicelib.actions.ports import Change, Owe, Ports, Save
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.errors import Stale
from chalicelib.domain.handover import STEPS, Escalation, Step, climbed, concerns, settled
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.notices import Notice, to_coordinator, to_district
from chalicelib.domain.work import Task

DESK, ITSELF = "coordination", "waystation"
TRIES = 4
"""A clock has three steps at the most: whoever finds it changed so often finds it stopped."""


def escalate_handover(ports: Ports, dispatch_id: str, stage: str, step: str) -> bool:
    """Whether somebody was told. ``step`` is the one that fell due: asked for again, it has been done."""
    row = ports.store.find(Escalation, dispatch_id, stage)
    if row is None or row.step != step:
        return False
    dispatch = ports.store.find(Dispatch, dispatch_id)
    open_still = dispatch is not None and concerns(row, dispatch)
    changes = _told(ports, dispatch, row) if dispatch is not None and open_still else []
    after = climbed(row, ports.clock()) if changes else settled(row)
    try:
        ports.store.commit([Save(after), *changes])
    except Stale:
        return False  # Another worker was faster, or the district answered at this moment.
    nudge(ports, changes)
    return bool(changes)


def _told(ports: Ports, dispatch: Dispatch, row: Escalation) -> list[Change]:
    match row.step:
        case Step.NEXT_CONTACT:
            return _next_contact(ports, dispatch, row) or _coordinator(ports, dispatch, row)
        case Step.COORDINATOR:
            return _coordinator(ports, dispatch, row)
        case _:
            return [Owe(_task(ports, dispatch, row.stage, "overdue"))]


def _next_contact(ports: Ports, dispatch: Dispatch, row: Escalation) -> list[Change]:
    """Somebody other than those who got the digest, where there is such a one."""
    point, district = ports.places.point(dispatch.point), ports.places.district(dispatch.district)
    left_at = dispatch.departed_at or row.since
    first = {contact.phone for contact in district.to_tell(left_at, point.time_zone)}
    contact = district.next_to_tell(first, ports.clock(), point.time_zone)
    if contact is None:
        return []
    return _owed(ports, dispatch, to_district(
        (contact,), "unacknowledged", f"unacknowledged#{dispatch.dispatch_id}#{row.stage}", dispatch.district,
        _variables(dispatch), dispatch_id=dispatch.dispatch_id, drill=dispatch.drill,
    ))  # fmt: skip


def _coordinator(ports: Ports, dispatch: Dispatch, row: Escalation) -> list[Change]:
    """A task on the desk, and a text to the point's duty phone where it has one."""
    changes: list[Change] = [Owe(_task(ports, dispatch, row.stage, "unacknowledged"))]
    duty = ports.places.point(dispatch.point).personal
    if not duty.phone:
        return changes
    key = f"unacknowledged#{dispatch.dispatch_id}#{row.stage}#coordinator"
    notice = to_coordinator(
        duty.phone, duty.language, "unacknowledged", key, dispatch.district, _variables(dispatch), dispatch.dispatch_id,
        drill=dispatch.drill,
    )  # fmt: skip
    return [*changes, *_owed(ports, dispatch, (notice,))]


def _variables(dispatch: Dispatch) -> dict[str, str]:
    heads = dispatch.present if dispatch.state == DispatchState.ARRIVED else dispatch.boarded
    return {"heads": str(len(heads)), "code": dispatch.code}


def _owed(ports: Ports, dispatch: Dispatch, notices: tuple[Notice, ...]) -> list[Change]:
    point, sealed_with = ports.places.point(dispatch.point), f"{dispatch.point}#{dispatch.date}"
    return owed(ports, point, notices, sealed_with, ports.clock())


def _task(ports: Ports, dispatch: Dispatch, stage: str, kind: str) -> Task:
    return Task(
        task_id=_task_id(kind, dispatch, stage), desk=DESK, point=dispatch.point, day=dispatch.date, kind=kind,
        created_at=ports.clock(), dispatch_id=dispatch.dispatch_id, district=dispatch.district,
        drill=dispatch.drill, sealed_with=f"{dispatch.point}#{dispatch.date}",
    )  # fmt: skip


def _task_id(kind: str, dispatch: Dispatch, stage: str) -> str:
    return derived_id(kind, dispatch.dispatch_id, stage, length=20)


def close_alarms(ports: Ports, dispatch: Dispatch) -> int:
    """The coordinator's tasks about a hand-over that was acknowledged are ticked off; answers how many.

    First its clocks stop: a worker who is just ringing one rang it before, or finds that it has stopped.
    Raises Stale when that goes on and on.
    """
    _stop(ports, dispatch.dispatch_id)
    kinds = [(kind, stage) for stage in STEPS for kind in ("unacknowledged", "overdue")]
    keys = [(dispatch.point, dispatch.date, DESK, _task_id(kind, dispatch, stage)) for kind, stage in kinds]
    left = [task for task in ports.store.many(Task, keys).values() if task.done_at is None]
    for task in left:
        with suppress(Stale):  # The coordinator ticked it off just now.
            ports.store.commit([Save(replace(task, done_at=ports.clock(), done_by=ITSELF))])
    return len(left)


def _stop(ports: Ports, dispatch_id: str) -> None:
    for _ in range(TRIES):
        clocks = ports.store.many(Escalation, [(dispatch_id, stage) for stage in STEPS]).values()
        running = [clock for clock in clocks if clock.step is not None]
        with suppress(Stale):
            if running:
                ports.store.commit([Save(settled(clock)) for clock in running])
            return
    raise Stale
