"""What texts cost is counted by who marks them, and a day that has cost enough sends no more."""

from collections.abc import Sequence
from datetime import timedelta

from chalicelib.actions.calls import call_again
from chalicelib.actions.ports import Add, Owe, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import Stale
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.messages import Message, MessageState, kept_back
from chalicelib.domain.spending import Spending, spent
from chalicelib.domain.work import Task

HELD_FOR = timedelta(minutes=10)
"""How long a text waits before it is looked at again whether it may go."""


def counted(ports: Ports, message: Message, texts: int) -> Sequence[Add]:
    """What counts ``texts`` (1, -1 or 0) of a message on the point's day."""
    if not texts:
        return ()
    day = local_date(ports.clock(), ports.places.point(message.point).time_zone)
    return (Add(spent(message, texts, day, ports.prices)),)


def note_spent(ports: Ports, message: Message, texts: int) -> None:
    """Count what this worker just marked; it is written down with what else it was given at once."""
    for change in counted(ports, message, texts):
        ports.spending.note(change.entity)


def wait_for_ceiling(ports: Ports, message: Message) -> str | None:
    """None while the point's day may still send it; else its state, owed for later or failed, and one alarm a day.

    The day's figures are remembered for a moment, so what many workers send within it may go over.
    """
    now, point = ports.clock(), ports.places.point(message.point)
    today = local_date(now, point.time_zone)
    so_far = ports.spending.of(point.point, today)
    if so_far.segments + message.segments <= so_far.ceiling(point.daily_ceiling):
        return None
    after = kept_back(message, "ceiling", now + HELD_FOR, now)
    calls = [Owe(call_again(ports, after))] if after.state == MessageState.FAILED else []
    try:
        ports.store.commit([Save(after), Owe(_alarm(ports, message, so_far)), *calls])
    except Stale:
        return ""
    return after.state


def _alarm(ports: Ports, message: Message, so_far: Spending) -> Task:
    """Once for each ceiling of a day: lifted and reached again is another alarm."""
    now, point = ports.clock(), ports.places.point(message.point)
    day, ceiling = local_date(now, point.time_zone), so_far.ceiling(point.daily_ceiling)
    return Task(
        task_id=derived_id("ceiling", point.point, str(day), str(ceiling), length=20), desk="coordination",
        point=point.point, day=day, kind="ceiling", created_at=now, sealed_with=f"{point.point}#{day}",
    )  # fmt: skip
