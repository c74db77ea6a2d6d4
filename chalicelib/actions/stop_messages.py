"""A batch of texts is stopped while it runs: what is not sent yet is taken back, and how many went is said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from chalicelib.actions.dispatchwork import open_dispatch_work
from chalicelib.actions.move_traveller import check_reason
from chalicelib.actions.ports import Ports, Save, View
from chalicelib.actions.whole_view import every
from chalicelib.domain.calendar import local_date
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.dispatch import stopped
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.messages import NEVER_QUIET, Message, MessageState, cancelled
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.domain.work import Batch, BatchStop, Because

SETTLES = timedelta(seconds=30)
"""After a stop: then every row of the batch is in its index, and a fan-out that began before has ended."""
RELEASED = "quarantine_ended"


def stop_vehicle(ports: Ports, officer: Officer, dispatch_id: str, reason: str, etag: str | None = None) -> BatchStop:
    """How many texts of a vehicle had gone and how many were taken back; its fan-out owes no more to be sent.

    Raises NotPermitted, NotFound, Invalid without a reason, NotInState before it departs, Stale.
    """
    check_may(officer, "stop_messages")
    check_reason(reason, needed=True)
    work = open_dispatch_work(ports, officer, dispatch_id, etag)
    work.apply(stopped(work.dispatch), "stop_messages", {}, {"reason": reason})
    row = _begun(ports, vehicle_batch(dispatch_id), officer, work.sealed_with, reason)
    work.commit(Save(row))
    return _taken_back(ports, replace(row, version=row.version + 1))


def stop_release(ports: Ports, officer: Officer, point: Point, reason: str) -> BatchStop:
    """The same for today's texts about releases at a point; people are released all the same, and officers call.

    Raises NotPermitted, NotFound for a district's officer, Invalid without a reason.
    """
    check_may(officer, "stop_messages")
    check_reason(reason, needed=True)
    if confined_to(officer) is not None:
        raise NotFound("release")
    today = local_date(ports.clock(), point.time_zone)
    row = _begun(ports, release_batch(point.point, today), officer, f"{point.point}#{today}", reason)
    ports.store.commit([Save(row)])
    return _taken_back(ports, replace(row, version=row.version + 1))


def vehicle_batch(dispatch_id: str) -> Batch:
    """The texts of a vehicle's departure and changes."""
    return Batch(f"vehicle#{dispatch_id}")


def release_batch(point: str, day: date) -> Batch:
    """The texts about the releases of a day."""
    return Batch(f"release#{point}#{day}")


def is_stopped(ports: Ports, batch: Batch) -> bool:
    """Whether what a batch owes from here on is not to be sent."""
    return ports.store.find(BatchStop, batch.key) is not None


def go_on(ports: Ports, batch: Batch) -> BatchStop:
    """What a stop that was broken off comes to; raises NotFound for a batch that nobody stopped."""
    return _taken_back(ports, ports.store.get(BatchStop, batch.key))


def finish_stop(ports: Ports, key: str) -> None:
    """Once more when all is settled; may be killed at any point and started again."""
    row = ports.store.find(BatchStop, key)
    if row is None or row.due_at is None or row.due_at > ports.clock():
        return
    done = _taken_back(ports, row)
    ports.store.commit([Save(replace(done, due_at=None))])


def _begun(ports: Ports, batch: Batch, officer: Officer, sealed_with: str, reason: str) -> BatchStop:
    known = ports.store.find(BatchStop, batch.key)
    return BatchStop(
        batch=batch.key, officer=officer.officer_id, at=ports.clock(), due_at=ports.clock() + SETTLES,
        sealed_with=sealed_with, personal=Because(reason), version=known.version if known else 0,
    )  # fmt: skip


def _taken_back(ports: Ports, row: BatchStop) -> BatchStop:
    """The row with its counts, written; each text is taken back by itself, for one may leave at this moment."""
    gone = back = 0
    for message in _of(ports, Batch(row.batch)):
        state = _take_back(ports, message)
        gone += state not in (MessageState.OWED, MessageState.CANCELLED)
        back += state == MessageState.CANCELLED
    after = replace(row, gone=gone, cancelled=back)
    ports.store.commit([Save(after)])
    return replace(after, version=after.version + 1)


def _of(ports: Ports, batch: Batch) -> Iterator[Message]:
    kind, key = batch.kind, batch.subject
    view, events = View(Message, "by_dispatch", key), NEVER_QUIET
    if kind == "release":
        view, events = View(Message, "by_day", key), frozenset({RELEASED})
    return (message for message in every(ports.store, view) if message.event in events)


def _take_back(ports: Ports, message: Message) -> MessageState:
    back = cancelled(message, ports.clock())
    while back is not None:
        try:
            ports.store.commit([Save(replace(back, code="stopped"))])
            return back.state
        except Stale:
            message = ports.store.get(Message, message.message_id)
            back = cancelled(message, ports.clock())
    return message.state
