"""A day's messages in figures: where they stand, how long they took, why some failed, what they cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.prices import Prices
from chalicelib.domain.spending import MILLION, PAID

OPEN = frozenset({MessageState.OWED, MessageState.SENDING})
BAD = frozenset({MessageState.FAILED, MessageState.UNDELIVERED, MessageState.UNKNOWN})


@dataclass(frozen=True)
class Delays:
    """Seconds, from when a text might go: half of them were faster than ``median``, 95 of 100 than ``most``."""

    median: int
    most: int


@dataclass(frozen=True, kw_only=True)
class DayFigures:
    """Messages owed on a day, as they stood at ``made_at``; money in millionths of the price list's currency.

    ``states`` and ``causes`` (a provider's code, or a word of ours) count messages; nobody of a drill is in it.
    ``planned`` people are yet to be released that day, and their texts will cost ``planned_micros``.
    """

    point: str
    day: date
    made_at: datetime
    messages: int
    segments: int
    states: Mapping[str, int] = field(default_factory=dict)
    causes: Mapping[str, int] = field(default_factory=dict)
    sent: Delays | None = None
    delivered: Delays | None = None
    micros: int = 0
    open_micros: int = 0
    planned: int = 0
    planned_micros: int = 0
    version: int = 0

    @property
    def forecast(self) -> int:
        """What the day will have cost with what waits and with the releases still planned."""
        return self.micros + self.open_micros + self.planned_micros


def delays(seconds: Iterable[float]) -> Delays | None:
    """The median and the 95th percentile, each the value that so many are at or below; None for none."""
    ordered = sorted(seconds)
    if not ordered:
        return None
    return Delays(_at(ordered, 50), _at(ordered, 95))


def _at(ordered: list[float], percent: int) -> int:
    return round(ordered[max(0, -(-len(ordered) * percent // 100) - 1)])


@dataclass
class Counting:
    """Figures in the making: ``starts`` says when a message might go at the earliest."""

    prices: Prices
    states: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    sent: list[float] = field(default_factory=list)
    delivered: list[float] = field(default_factory=list)
    segments: int = 0
    micros: int = 0
    open_micros: int = 0

    def add(self, message: Message, start: datetime) -> None:
        """One more message, unless it is of a drill."""
        if message.drill:
            return
        price = int(self.prices.price(message.segments, message.personal.to) * MILLION)
        self.states[message.state] += 1
        self.segments += message.segments
        self.micros += price if message.state in PAID else 0
        self.open_micros += price if message.state in OPEN else 0
        if message.state in BAD:
            self.causes[message.code or message.state] += 1
        for state, found in ((MessageState.SENT, self.sent), (MessageState.DELIVERED, self.delivered)):
            if state in message.times:
                found.append(max(0.0, (message.times[state] - start).total_seconds()))

    def figures(self, point: str, day: date, made_at: datetime) -> DayFigures:
        """The day as it was counted."""
        return DayFigures(
            point=point, day=day, made_at=made_at, messages=self.states.total(), segments=self.segments,
            states=dict(self.states), causes=dict(self.causes), sent=delays(self.sent),
            delivered=delays(self.delivered), micros=self.micros, open_micros=self.open_micros,
        )  # fmt: skip
