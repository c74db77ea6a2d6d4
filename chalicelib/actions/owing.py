"""Notices become rows: a message for whom a text can reach, a task on a desk for whom somebody must call."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.actions.calls import call_instead, call_task, recipient
from chalicelib.actions.opt_out import all_opted_out
from chalicelib.actions.ports import Change, Owe, Ports
from chalicelib.actions.told_rows import told_rows
from chalicelib.domain.calendar import after_quiet_hours, local_date
from chalicelib.domain.finding import Told
from chalicelib.domain.messages import (
    NEVER_QUIET,
    ON_DUTY,
    Addressed,
    Content,
    Message,
    MessageState,
    failed,
    message_id,
    unsent,
)
from chalicelib.domain.notices import Notice, reads_chinese
from chalicelib.domain.places import NO_REGISTRATION, Point
from chalicelib.domain.segments import measure
from chalicelib.domain.spending import Unconfirmed, cost_of


def owed(ports: Ports, point: Point, notices: Iterable[Notice], sealed_with: str, happens: datetime) -> list[Change]:
    """The changes that owe ``notices``. ``happens`` is the event's own time: it decides on quiet hours."""
    now, changes = ports.clock(), list[Change]()
    told = [(notice, notice.reach == "text" and ports.reaches(notice.to)) for notice in notices]
    stopped = all_opted_out(ports, [notice.to for notice, by_text in told if by_text])
    for notice, by_text in told:
        if not by_text:
            changes.append(Owe(call_task(ports, point, notice, sealed_with, now)))
            continue
        message = _message(ports, point, notice, sealed_with, happens, now)
        if notice.to in stopped and message.due_at:
            message = failed(message, "opted_out", now)
            changes += call_instead(ports, message)
        changes += [Owe(message), *(() if message.state == MessageState.CANCELLED else told_rows(ports, message))]
    return changes


def check_confirmed(ports: Ports, point: Point, changes: Iterable[Change]) -> None:
    """Raise Unconfirmed when ``changes`` owe more texts than the point lets a person owe without a second look."""
    owed = [change.entity for change in changes if isinstance(change, Owe) and isinstance(change.entity, Message)]
    texts = [message for message in owed if message.due_at]
    if not ports.confirmed and len(texts) > point.confirm_above:
        raise Unconfirmed(cost_of(texts, ports.prices))


def not_sent(changes: Iterable[Change], code: str, now: datetime) -> list[Change]:
    """The same rows, their texts taken back from the start: seen in every list, sent to nobody."""
    return [
        Owe(unsent(change.entity, code, now)) if isinstance(change.entity, Message) else change
        for change in changes
        if not isinstance(change.entity, Told)
    ]


def identity(ports: Ports, notice: Notice, sealed_with: str) -> str:
    """The id of a notice's message: the same for as long as the event's own day is the same."""
    told = recipient(ports, sealed_with, notice.to)
    return message_id(notice.event_key, told, f"{notice.event}/{notice.audience}")


def due_at(point: Point, event: str, audience: str, happens: datetime, now: datetime) -> datetime:
    """At once, or after the quiet hours that the event fell into (field.md, who is told what)."""
    if event in NEVER_QUIET or audience in ON_DUTY:
        return now
    waits = after_quiet_hours(happens, point.time_zone) - happens
    return now + waits


def _message(ports: Ports, point: Point, notice: Notice, sealed_with: str, happens: datetime, now: datetime) -> Message:
    language = _language(ports, notice)
    body, content = _text(ports, point, notice, language)
    message = Message(
        message_id=identity(ports, notice, sealed_with),
        event=notice.event, audience=notice.audience, language=language, point=point.point,
        day=local_date(now, point.time_zone), created_at=now,
        due_at=due_at(point, notice.event, notice.audience, happens, now), sealed_with=sealed_with,
        traveller_id=notice.traveller_id, dispatch_id=notice.dispatch_id, segments=measure(body).segments,
        drill=notice.drill, times={"owed": now},
        personal=Addressed(to=notice.to, name=notice.name, body=body, content=content),
    )  # fmt: skip
    if notice.drill and not ports.drills.reaches(point.point, notice.to):
        return unsent(message, "drill", now)
    return message


def _language(ports: Ports, notice: Notice) -> str:
    """What the contact reads, else the traveller, else the district; English when there are texts in none of these."""
    district = ports.places.districts().get(notice.district)
    return ports.texts.language_for(notice.language, notice.otherwise, district.language if district else "")


def _text(ports: Ports, point: Point, notice: Notice, language: str) -> tuple[str, Content | None]:
    dates = {name: ports.texts.short_date(day, language) for name, day in notice.dates.items()}
    name = {"name": notice.latin} if notice.latin and not reads_chinese(language) else {}
    variables = {
        "district": district_name(ports, point, notice.district, language),
        "hotline": point.hotline, **dates, **notice.variables, **name,
        **({"drill": "yes"} if notice.drill else {}),
    }  # fmt: skip
    return ports.texts.compose(notice.event, notice.audience, language, variables, notice.to)


def district_name(ports: Ports, point: Point, district: str, language: str) -> str:
    """The district's name, or the point's own where there is no district."""
    known = ports.places.districts().get(district)
    if known is not None and district != NO_REGISTRATION:
        return known.name(language)
    return point.name(language)


def nudge(ports: Ports, changes: Iterable[Change]) -> None:
    """Tell the queue about what was just owed and may go now; the sweep finds whatever this misses.

    A queue that is away for one is away for all: a request waits for it once.
    """
    now = ports.clock()
    for change in changes:
        if not isinstance(change, Owe) or not isinstance(change.entity, Message):
            continue
        due = change.entity.due_at is not None and change.entity.due_at <= now
        if due and not ports.queue.nudge("message", change.entity.message_id):
            return
