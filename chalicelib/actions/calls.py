"""Calls to make: what no text can tell, or none has told, becomes a task on a desk. Owing it twice is owing it once."""

from datetime import datetime

from chalicelib.actions.ports import Owe, Ports
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.failures import OPTED_OUT
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.messages import ANSWERS, ON_DUTY, TEST, Message
from chalicelib.domain.notices import Notice
from chalicelib.domain.places import Point
from chalicelib.domain.work import Task, TaskPerson


def recipient(ports: Ports, sealed_with: str, to: str) -> str:
    """Who is told, for ids that stand open in rows, logs and callbacks: a plain hash of a phone can be guessed."""
    return ports.digests.digest(sealed_with.rpartition("#")[2][:7], "recipient", to)


def call_task(ports: Ports, point: Point, notice: Notice, sealed_with: str, now: datetime) -> Task:
    """A call to make, on the hotel desk for families and on the coordinator's for districts; owing it twice is once."""
    desk = "coordination" if notice.audience in ON_DUTY else "hotel"
    told = recipient(ports, sealed_with, notice.to)
    return Task(
        task_id=derived_id("task", notice.event_key, told, notice.event, length=20), desk=desk,
        point=point.point, day=local_date(now, point.time_zone), kind="call", created_at=now,
        traveller_id=notice.traveller_id, dispatch_id=notice.dispatch_id, district=notice.district,
        event=notice.event, drill=notice.drill, sealed_with=sealed_with,
        personal=TaskPerson(notice.name, notice.to, notice.variables.get("name", "")),
    )  # fmt: skip


def call_again(ports: Ports, message: Message) -> Task:
    """The call that somebody makes because a text will never arrive."""
    desk = "coordination" if message.audience in ON_DUTY else "hotel"
    now, zone = ports.clock(), ports.places.point(message.point).time_zone
    return Task(
        task_id=derived_id("undeliverable", message.message_id, *message.replaced, length=20), desk=desk,
        point=message.point, day=local_date(now, zone), created_at=now,
        kind="opted_out" if message.code in OPTED_OUT else "undeliverable",
        traveller_id=message.traveller_id, dispatch_id=message.dispatch_id, district=_district_of(ports, message),
        event=message.event, drill=message.drill, sealed_with=message.sealed_with,
        personal=TaskPerson(message.personal.name, message.personal.to, message.personal.body),
    )  # fmt: skip


def call_instead(ports: Ports, message: Message) -> list[Owe]:
    """What a text that was given up leaves to do: a call, unless it was an answer, or an officer only tried it out."""
    return [] if message.event == TEST or message.event in ANSWERS else [Owe(call_again(ports, message))]


def _district_of(ports: Ports, message: Message) -> str | None:
    """Whose people it is about: a district's officer makes calls about their own only."""
    about = ports.store.find(Case, message.traveller_id) if message.traveller_id else None
    vehicle = ports.store.find(Dispatch, message.dispatch_id) if message.dispatch_id and about is None else None
    return about.district if about else vehicle.district if vehicle else None
