"""Thirty days as bars: numbers for an inline drawing, each with its day; a table behind it says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.actions.figure_day import DAYS
from chalicelib.domain.figures import DayFigures

WIDTH, HEIGHT = 600, 120
GAP = 4


@dataclass(frozen=True)
class Bar:
    """One day, in units of the drawing; ``row`` is None for a day that was not counted."""

    day: date
    x: int
    y: int
    height: int
    row: DayFigures | None


def bars(rows: Iterable[DayFigures], today: date) -> tuple[Bar, ...]:
    """The last thirty days, oldest first, the highest as high as the drawing."""
    by_day = {row.day: row for row in rows}
    highest = max((row.segments for row in by_day.values()), default=0) or 1
    step = WIDTH // DAYS
    found = []
    for place in range(DAYS):
        day = today - timedelta(days=DAYS - 1 - place)
        row = by_day.get(day)
        height = round(HEIGHT * row.segments / highest) if row else 0
        found.append(Bar(day, place * step, HEIGHT - height, height, row))
    return tuple(found)
