"""A correction goes to whoever was told before, and only to them; what is still owed is taken back and told anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.actions.calls import call_task
from chalicelib.actions.owing import identity, owed
from chalicelib.actions.ports import Change, Owe, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.messages import Message, MessageState, cancelled
from chalicelib.domain.notices import Notice
from chalicelib.domain.places import Point
from chalicelib.domain.work import Task

TOLD = frozenset({MessageState.SENDING, MessageState.UNKNOWN, MessageState.SENT, MessageState.DELIVERED})
BOUNCED = frozenset({MessageState.FAILED, MessageState.UNDELIVERED})
"""A text that did not arrive has become a call on a desk: so does its correction."""
LONGEST_RIDE = timedelta(days=2)
READ = 100


@dataclass(frozen=True)
class Told:
    """What texts were about: a vehicle, or a party on it. ``number`` is the change of plan that is told of now."""

    subject: str
    number: int
    since: datetime

    def key(self, event: str, number: int) -> str:
        """The event's key; number 0 is the departure itself."""
        return f"{event}#{self.subject}" + (f"#{number}" if number else "")

    @property
    def earlier(self) -> tuple[tuple[str, str], ...]:
        """Events and keys of everything that may have been told so far, of this change too."""
        numbers = range(self.number + 1)
        return tuple((event, self.key(event, n)) for event in ("dispatched", "plan_changed") for n in numbers)


def corrections(
    ports: Ports, point: Point, sealed_with: str, told: Told, changed: Sequence[Notice], anew: Sequence[Notice]
) -> list[Change]:
    """What ``changed`` is owed to whom, and what is taken back; ``anew`` takes the place of what nobody heard yet."""
    fresh = {(notice.audience, notice.to): notice for notice in anew}
    whom = {(notice.audience, notice.to): notice for notice in changed}
    texts = _texts(ports, sealed_with, told, whom.values())
    found: list[Change] = []
    for place, notice in whom.items():
        if notice.reach == "text" and ports.reaches(notice.to):
            found += _of_text(ports, point, sealed_with, notice, fresh.get(place), texts[place])
        else:
            found += _of_call(ports, point, sealed_with, told, notice)
    return found


def _texts(
    ports: Ports, sealed_with: str, told: Told, notices: Iterable[Notice]
) -> dict[tuple[str, str], list[Message]]:
    """What each recipient's rows are, read in as few calls as possible."""
    whose = {
        identity(ports, replace(notice, event=event, event_key=key), sealed_with): (notice.audience, notice.to)
        for notice in notices
        for event, key in told.earlier
    }
    ids, found = list(whose), dict[tuple[str, str], list[Message]]()
    for place in whose.values():
        found.setdefault(place, [])
    for start in range(0, len(ids), READ):
        for (known,), message in ports.store.many(Message, [(i,) for i in ids[start : start + READ]]).items():
            found[whose[str(known)]].append(message)
    return found


def _of_text(
    ports: Ports, point: Point, sealed_with: str, notice: Notice, fresh: Notice | None, known: list[Message]
) -> list[Change]:
    now, states = ports.clock(), {message.state for message in known}
    taken: list[Change] = [Save(back) for message in known if (back := cancelled(message, now))]
    if states & TOLD:
        return [*taken, *owed(ports, point, (notice,), sealed_with, now)]
    if states & BOUNCED:
        return [*taken, Owe(call_task(ports, point, notice, sealed_with, now))]
    return [*taken, *owed(ports, point, (fresh,), sealed_with, now)] if taken and fresh else taken


def _of_call(ports: Ports, point: Point, sealed_with: str, told: Told, notice: Notice) -> list[Change]:
    """Whoever was called is called again; a call that is still to be made stays, for where they go now."""
    now = ports.clock()
    calls = _calls(ports, point, sealed_with, told, notice, now)
    moved = [Save(replace(call, district=notice.district)) for call in calls if _is_elsewhere(call, notice)]
    called = any(call.done_at for call in calls)
    return [*moved, Owe(call_task(ports, point, notice, sealed_with, now))] if called else [*moved]


def _is_elsewhere(call: Task, notice: Notice) -> bool:
    return call.done_at is None and call.district != notice.district


def _calls(ports: Ports, point: Point, sealed_with: str, told: Told, notice: Notice, now: datetime) -> tuple[Task, ...]:
    """The calls about the vehicle so far: a task lies on the day on which it was owed."""
    since = max(told.since, now - LONGEST_RIDE)
    days = (local_date(now, point.time_zone) - local_date(since, point.time_zone)).days
    rows = [
        call_task(ports, point, replace(notice, event=event, event_key=key), sealed_with, now - timedelta(days=back))
        for event, key in told.earlier
        for back in range(days + 1)
    ]
    return tuple(ports.store.many(Task, [(row.point, row.day, row.desk, row.task_id) for row in rows]).values())
