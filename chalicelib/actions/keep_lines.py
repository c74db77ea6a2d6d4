"""The rows of the lines: read together, changed by whoever comes first, and an alarm with each hold."""

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.actions.ports import AlreadyThere, Owe, Ports, Save, View
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import Stale
from chalicelib.domain.failures import ALARMING
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.lines import Line, one_filtered
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.routing import SLOW_DELIVERY, told
from chalicelib.domain.work import Task, TaskPerson

MOST = 20
TRIES = 8


def read_lines(ports: Ports) -> Mapping[str, Line]:
    """Every line that anything is known of, by name."""
    return {line.name: line for line in ports.store.page(View(Line, "", "lines"), MOST).items}


def keep_in_use(ports: Ports, found: Mapping[str, Line], named: Container[str]) -> Mapping[str, Line]:
    """The rows, each marked by whether the accounts name its line; who was faster is right until the next look.

    The sweep reads rows and no secret: without the mark it would count on a line that carries nothing any more.
    """
    wrong = [line for line in found.values() if line.taken_out == (line.name in named)]
    marked = [write_line(ports, line, replace(line, taken_out=not line.taken_out)) for line in wrong]
    return {**found, **{line.name: line for line in marked if line is not None}}


def write_line(ports: Ports, before: Line, after: Line) -> Line | None:
    """The row as it is stored now, with an alarm for whatever holds it since; None when somebody was faster."""
    new = [place for place in after.holds if place not in before.holds]
    tasks = [Owe(task) for place in new for task in _alarms(ports, after, place)]
    try:
        ports.store.commit([Save(after), *tasks])
    except (Stale, AlreadyThere):
        return None
    return replace(after, version=after.version + 1)


def change_line(ports: Ports, name: str, change: Callable[[Line], Line]) -> Line:
    """A line's row after a change that must not be lost; raises Stale when too many others change it."""
    for _ in range(TRIES):
        before = read_lines(ports).get(name, Line(name=name))
        written = write_line(ports, before, change(before))
        if written is not None:
            return written
    raise Stale


def note_receipt(ports: Ports, before: Message, after: Message) -> None:
    """What a callback tells about the line that carried the text: that it is filtered, or that it is slow."""
    name, now = before.provider, ports.clock()
    if not name:
        return
    if after.state in (MessageState.UNDELIVERED, MessageState.FAILED) and after.code in ALARMING:
        change_line(ports, name, lambda line: one_filtered(line, after.code, after.personal.to, now))
    elif after.state == MessageState.DELIVERED and _was_slow(before, now):
        change_line(ports, name, lambda line: told(line, 0, 1, now))


def _was_slow(message: Message, now: datetime) -> bool:
    sent = message.times.get(MessageState.SENT)
    return sent is not None and now - sent > SLOW_DELIVERY


def _alarms(ports: Ports, line: Line, place: str) -> list[Task]:
    """One for the coordinator of each point, owed once for each time that the line is held."""
    hold = line.holds[place]
    about = " ".join(part for part in (line.name, hold.code, place) if part)
    key = (line.name, place, hold.since.isoformat())
    days = {name: local_date(hold.since, point.time_zone) for name, point in ports.places.points().items()}
    return [
        Task(
            task_id=derived_id("texts_held", *key, point, length=20), desk="coordination", point=point, day=day,
            kind="texts_held", created_at=hold.since, sealed_with=f"{point}#{day}", personal=TaskPerson(about=about),
        )
        for point, day in days.items()
    ]  # fmt: skip
