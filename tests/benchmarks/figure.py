"""What a measurement hands to the page: its goals and whether they were met, its tables, and what is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Sequence[str]


@dataclass(frozen=True)
class Goal:
    """``measured`` is to stay within ``most``, or to reach ``least``; ``said`` is the measurement with its spread."""

    what: str
    measured: float
    most: float | None
    said: str
    least: float | None = None

    @property
    def met(self) -> bool:
        """Whether it is."""
        within = self.most is None or self.measured <= self.most
        return within and (self.least is None or self.measured >= self.least)

    @property
    def bound(self) -> str:
        """``at most 1.3``."""
        return f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"


@dataclass(frozen=True)
class Table:
    """A head and its rows."""

    head: Row
    rows: Sequence[Row]

    def __str__(self) -> str:
        lines = [self.head, ["---"] * len(self.head), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@dataclass(frozen=True)
class Figure:
    """One chapter of the page. ``data`` goes to .local/bench.json as it is; ``parts`` are paragraphs and tables."""

    name: str
    title: str
    measured: str
    goals: list[Goal] = field(default_factory=list)
    parts: list[str | Table] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return "\n\n".join(str(part) for part in (f"## {self.title}", self.measured, *self.parts))


@dataclass(frozen=True)
class Effort:
    """How much is done: ``full`` for the page, ``SHORT`` for the test that every part runs."""

    rounds: int = 400
    starts: int = 9
    travellers: tuple[int, int] = (1_000, 50_000)
    finds: int = 12
    sends: int = 200
    batches: int = 60
    hands: int = 16
    volleys: int = 5
    volley: int = 320
    heads: int = 500
    aboard: int = 60
    departures: int = 3
    crowd: int = 300
    crowds: int = 3
    views: int = 3
    audits: int = 3


SHORT = Effort(
    rounds=3, starts=1, travellers=(40, 200), finds=2, sends=3, batches=2, hands=2, volleys=1, volley=10,
    heads=60, aboard=2, departures=1, crowd=8, crowds=1, views=1, audits=0,
)  # fmt: skip
