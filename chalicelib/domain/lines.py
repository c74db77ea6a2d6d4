"""A line: one sender at one provider, as all workers share it. How fast it may carry, and what holds it.

Times are seconds, rates are segments a second.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from chalicelib.domain.numbers import country_code

LANE_ROOM = (1.75, 1.5, 1.25, 1.0)
"""How far a line may be taken ahead of time, by lane: what is urgent finds room where the rest waits.

The last is a second, because a queue delays by whole seconds: what arrives together must fit.
"""
CHUNK, KEPT = 0.5, 0.75
"""What a worker takes at once at the most for the texts that it was given, and how long it may keep that."""
BURST = LANE_ROOM[0] + CHUNK + KEPT
"""Seconds' worth by which a line may be ahead of its rate: `rate * BURST` segments, never less than one text."""
LONGEST_TEXT = 10
"""Segments: the provider takes no more, so a line that is taken further ahead was taken by a clock that was wrong."""

PROBE_EVERY = timedelta(minutes=1)
"""How often one text tries whether a held line is mended."""
MANY, IN = 5, timedelta(minutes=10)
"""So many filtered texts in so long are a fault of ours, and hold the line."""
REGIONAL = frozenset({"21408", "30007"})
"""Faults of one country only: permission to send there, and its networks' filters."""
EVERYWHERE = ""


@dataclass(frozen=True)
class Hold:
    """Why nothing goes: ``code`` is the provider's; ``probe_at`` is when the next single text may try."""

    since: datetime
    probe_at: datetime
    code: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """``rate`` None is as fast as it goes; ``share`` is its part of the texts when all lines are well.

    ``taken_until`` is when all that was taken will have gone at the rate. ``holds`` and ``filtered`` are by country
    code, ``""`` for everywhere. ``weight`` falls from 1 while it fails, since ``weighed_at``, with what it did since.
    ``taken_out``: the stage's accounts no longer name it. ``templates``: registered ones are sent as such by it.
    """

    name: str
    prefixes: tuple[str, ...] = ("+",)
    rate: float | None = None
    share: float = 1.0
    taken_until: datetime | None = None
    weight: float = 1.0
    weighed_at: datetime | None = None
    good: int = 0
    bad: int = 0
    holds: Mapping[str, Hold] = field(default_factory=dict)
    filtered: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    taken_out: bool = False
    templates: bool = False
    version: int = 0

    def as_set(self, other: Self) -> Self:
        """This row with the settings of ``other``: what a stage is configured to, not what was stored."""
        return replace(
            self, prefixes=other.prefixes, rate=other.rate, share=other.share, templates=other.templates,
            taken_out=False,
        )  # fmt: skip

    def serves(self, to: str) -> bool:
        """Whether it reaches a number in E.164 at all."""
        return to.startswith(self.prefixes)


def waits(line: Line, lane: int, now: datetime) -> float:
    """Seconds until a text of a lane finds room: 0 for now."""
    if line.rate is None:
        return 0.0
    return max(0.0, (_start(line, line.rate, now) - now).total_seconds() - LANE_ROOM[lane])


def taken(line: Line, segments: int, now: datetime, expected: int = 1) -> tuple[Line, int]:
    """The row of a line with room after ``segments`` were taken, and how many: more where more texts are expected."""
    if line.rate is None:
        return line, segments
    many = max(segments, min(expected, int(line.rate * CHUNK)))
    return replace(line, taken_until=_start(line, line.rate, now) + timedelta(seconds=many / line.rate)), many


def _start(line: Line, rate: float, now: datetime) -> datetime:
    furthest = timedelta(seconds=LANE_ROOM[0] + max(CHUNK, LONGEST_TEXT / rate))
    if line.taken_until is None or line.taken_until > now + furthest:
        return now
    return max(now, line.taken_until)


def scope(code: str, to: str) -> str:
    """What a configuration fault holds: one country, or everything."""
    return country_code(to) if code in REGIONAL else EVERYWHERE


def holding(line: Line, to: str) -> Hold | None:
    """What holds texts to a number, the one that is probed last; None when they may go."""
    found = [hold for place in (EVERYWHERE, country_code(to)) if (hold := line.holds.get(place))]
    return max(found, key=lambda hold: hold.probe_at, default=None)


def held(line: Line, code: str, to: str, now: datetime) -> Line:
    """The row after a configuration fault: held from now on, or still held and tried again later."""
    place = scope(code, to)
    before = line.holds.get(place)
    hold = Hold(before.since if before else now, now + PROBE_EVERY, code)
    return replace(line, holds={**line.holds, place: hold})


def probing(line: Line, to: str, now: datetime) -> Line | None:
    """The row as the one worker writes it whose text tries a held line now, or None before the time for it."""
    hold = holding(line, to)
    if hold is None or now < hold.probe_at:
        return None
    places = [place for place in (EVERYWHERE, country_code(to)) if place in line.holds]
    next_one = {place: replace(line.holds[place], probe_at=now + PROBE_EVERY) for place in places}
    return replace(line, holds={**line.holds, **next_one})


def mended(line: Line, to: str) -> Line | None:
    """The row after a text to a number went through, or None when nothing held it."""
    kept = {place: hold for place, hold in line.holds.items() if place not in (EVERYWHERE, country_code(to))}
    return replace(line, holds=kept) if len(kept) < len(line.holds) else None


def one_filtered(line: Line, code: str, to: str, now: datetime) -> Line:
    """The row after one more text was filtered: held when there were many lately.

    Mending does not forget them: if the filter is still there, the next one holds the line again.
    """
    place = scope(code, to)
    lately = [at for at in line.filtered.get(place, ()) if now - IN < at <= now]
    counted = replace(line, filtered={**line.filtered, place: (*lately, now)[-MANY:]})
    if len(lately) + 1 < MANY or place in line.holds:
        return counted
    return held(counted, code, to, now)
