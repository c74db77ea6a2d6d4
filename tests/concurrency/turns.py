"""Who goes next: actors that run one at a time and hand over at every call to a port, in an order that is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import greenlet

MOST_TURNS = 50_000
"""A schedule that has not ended by then never will."""


class Order(Protocol):
    """Who goes on, and whatever else is left to chance."""

    def start(self, work: Callable[[], object]) -> None: ...

    def hand_over(self) -> None: ...

    def draw(self, among: int) -> int: ...

    def run(self) -> None: ...


@dataclass(frozen=True)
class Schedule:
    """A drawn order: at each turn a byte of ``choices`` names who goes on, for ``pace`` calls.

    0 lets the one go on who was at work, and so does the end of the bytes: what shrinks has fewer changes of turn.
    """

    choices: bytes
    pace: int = 1


class Turns:
    """Actors in greenlets. The same schedule gives the same run, call by call."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._hub = greenlet.getcurrent()
        self._actors: list[greenlet.greenlet] = []
        self._drawn = 0

    def start(self, work: Callable[[], object]) -> None:
        """One more actor, from now on; also from within another."""
        self._actors.append(greenlet.greenlet(work, parent=self._hub))

    def hand_over(self) -> None:
        """What a port calls before and after its work; outside of actors it does nothing."""
        if greenlet.getcurrent() is not self._hub:
            self._hub.switch()

    def draw(self, among: int) -> int:
        """The next byte of the schedule, for a choice of another kind: 0 when they have run out."""
        choices = self._schedule.choices
        drawn = choices[self._drawn] if self._drawn < len(choices) else 0
        self._drawn += 1
        return drawn % among

    def run(self) -> None:
        """Until every actor has ended; raises what one of them raised."""
        at_work = 0
        try:
            for _ in range(MOST_TURNS):
                if not self._actors:
                    return
                chosen = self.draw(256)
                at_work = (chosen - 1 if chosen else at_work) % len(self._actors)
                self._take_turn(self._actors[at_work])
        finally:
            for actor in self._actors:
                actor.throw()
        raise AssertionError("they never end")

    def _take_turn(self, actor: greenlet.greenlet) -> None:
        for _ in range(self._schedule.pace):
            try:
                actor.switch()
            finally:
                if actor.dead:
                    self._actors.remove(actor)
            if actor.dead:
                return
