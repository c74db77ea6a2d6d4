"""Taking turns: product and bare baseline in one run, round by round, so that whatever the machine does meets both."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Act = Callable[[], object]


@dataclass(frozen=True)
class Spread:
    """The median of some measurements, and the quartiles around it."""

    median: float
    lower: float
    upper: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        """Of at least one value."""
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive") if values[1:] else values * 3
        return cls(median, lower, upper)

    def said(self, digits: int = 2) -> str:
        """``2.31 (2.20–2.47)``."""
        return f"{self.median:.{digits}f} ({self.lower:.{digits}f}–{self.upper:.{digits}f})"


@dataclass(frozen=True)
class Timed:
    """What one act took, round by round, in milliseconds: ``cpu`` of this process, ``wall`` of the world."""

    cpu: list[float]
    wall: list[float]


def taking_turns(acts: Mapping[str, Act], rounds: int, warm: int = 5) -> dict[str, Timed]:
    """Do each act once a round. ``warm`` rounds before are not counted."""
    taken = {name: Timed([], []) for name in acts}
    for number in range(warm + rounds):
        for name, act in acts.items():
            cpu, wall = clocked(act)
            if number >= warm:
                taken[name].cpu.append(cpu)
                taken[name].wall.append(wall)
    return taken


def clocked(act: Act) -> tuple[float, float]:
    """Milliseconds of this process, and of the world."""
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def ratio(product: list[float], bare: list[float]) -> Spread:
    """The rounds' own ratios: what the machine did in a round, it did to both."""
    return Spread.of([ours / theirs for ours, theirs in zip(product, bare, strict=True)])


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` of all stay within: 0.95 for p95."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
