"""Which line a text goes by: by country, and by how well the lines have done lately.

A line whose errors or delays rise gives up a little of its share each minute, and gets it back as slowly once they end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.lines import Line

WINDOW = timedelta(minutes=1)
STEP = 0.1
"""What a line loses of its weight at most, each window that it did poorly."""
RECOVERY = 0.05
"""What it gets back in each window that it did not."""
FLOOR = 0.05
"""What it keeps: whether it is well again is seen on some texts only."""
ENOUGH, POOR = 5, 0.1
"""So many texts are needed to judge, and so large a part of them that failed or dawdled is poor."""
SLOW_ANSWER, SLOW_DELIVERY = timedelta(seconds=3), timedelta(minutes=5)


def told(line: Line, good: int, bad: int, now: datetime) -> Line:
    """The row after more texts went well or badly by it: counted, and weighed once in each window."""
    if line.weighed_at is None or line.weighed_at > now:
        return replace(line, good=good, bad=bad, weighed_at=now)
    windows = (now - line.weighed_at) // WINDOW
    if windows < 1:
        return replace(line, good=line.good + good, bad=line.bad + bad)
    return replace(line, weight=_weighed(line, windows), good=good, bad=bad, weighed_at=now)


def weight(line: Line, now: datetime) -> float:
    """Its weight by now, from 0 to 1: what was counted and not yet weighed, is."""
    return told(line, 0, 0, now).weight


def _weighed(line: Line, windows: int) -> float:
    if _is_poor(line):
        # The windows that followed told nothing against it: who is asked nothing any more comes back all the same.
        return min(1.0, max(FLOOR, line.weight - STEP) + RECOVERY * (windows - 1))
    return min(1.0, line.weight + RECOVERY * windows)


def _is_poor(line: Line) -> bool:
    counted = line.good + line.bad
    return counted >= ENOUGH and line.bad > counted * POOR


def serving(lines: Iterable[Line], to: str, *, only_registered: bool) -> list[Line]:
    """The lines that reach a number: those alone that keep templates, where nothing else may go."""
    return [line for line in lines if line.serves(to) and (line.templates or not only_registered)]


def preferred(lines: list[Line], *, registered: bool) -> list[Line]:
    """Those that keep templates for a text that is registered, where there is one."""
    return [line for line in lines if line.templates or not registered] or lines


def shares(lines: Iterable[Line], to: str, now: datetime) -> Mapping[str, float]:
    """Each line's part of the texts to a number: nothing but lines that serve it, together 1; empty without any."""
    weights = {line.name: line.share * weight(line, now) for line in lines if line.serves(to)}
    total = sum(weights.values())
    return {name: each / total for name, each in weights.items()} if total else {}


def chosen(parts: Mapping[str, float], draw: float) -> str:
    """The line that a draw from 0 to 1 falls on; ``parts`` are not empty."""
    passed = 0.0
    for name, part in parts.items():
        passed += part
        if draw < passed:
            return name
    return list(parts)[-1]
