"""A day's messages are read once in a while and kept as one row of figures: looking at them costs no more than that."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from chalicelib.actions.owing import due_at
from chalicelib.actions.ports import Ports, Queue, Save, View
from chalicelib.actions.price_releases import price_releases
from chalicelib.actions.whole_view import every
from chalicelib.domain.calendar import local_date
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.errors import NotFound
from chalicelib.domain.figures import Counting, DayFigures
from chalicelib.domain.messages import Message
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point

EVERY = 10
"""Minutes between two counts."""
DAYS = 30


def ask_for_figures(queue: Queue, points: Mapping[str, Point], now: datetime) -> int:
    """Every ten minutes, queue a count of each point's day and of the one before, whose receipts still come."""
    if now.minute % EVERY:
        return 0
    asked = 0
    for point in points.values():
        today = local_date(now, point.time_zone)
        asked += sum(queue.nudge("figures", f"{point.point}#{day}") for day in (today, today - timedelta(days=1)))
    return asked


def figure_day(ports: Ports, point_id: str, day: date) -> DayFigures:
    """The day counted and kept; may be killed at any point and started again. Raises Stale, and then another did it."""
    point, counting = ports.places.point(point_id), Counting(ports.prices)
    for message in every(ports.store, View(Message, "by_day", f"{point_id}#{day}")):
        owed = message.times.get("owed", message.created_at)
        counting.add(message, due_at(point, message.event, message.audience, owed, owed))
    known = ports.store.find(DayFigures, point_id, day)
    coming = price_releases(ports, point_id, day)
    row = replace(counting.figures(point_id, day, ports.clock()), planned=coming.people, planned_micros=coming.micros)
    ports.store.commit([Save(replace(row, version=known.version if known else 0))])
    return row


def read_figures(ports: Ports, officer: Officer, point: Point) -> tuple[DayFigures, ...]:
    """The last thirty days that were counted, oldest first: two bounded partitions, whatever was sent.

    Raises NotPermitted, NotFound for a district's officer.
    """
    check_may(officer, "read_spending")
    if confined_to(officer) is not None:
        raise NotFound("figures")
    today = local_date(ports.clock(), point.time_zone)
    since = today - timedelta(days=DAYS - 1)
    months = sorted({f"{since:%Y-%m}", f"{today:%Y-%m}"})
    pages = [ports.store.page(View(DayFigures, "", f"figures#{point.point}#{month}"), 31) for month in months]
    return tuple(row for page in pages for row in page.items if since <= row.day <= today)
