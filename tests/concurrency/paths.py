"""Every order there is: a run is repeated with another choice at its last crossing until none is left.

Where a run comes to a state that another has been in, it stops: what follows has been tried from there.
"""

from collections.abc import Callable, Hashable, Iterator

import greenlet

MOST_RUNS = 200_000


class Paths:
    """Actors in greenlets; at each call to a port ``choices`` say who goes on, and after them the first does.

    ``state`` is everything that decides how the story goes on, beside what each actor has ``observed``.
    """

    def __init__(self, choices: list[int], seen: set[Hashable]) -> None:
        self._choices, self._seen = choices, seen
        self._hub = greenlet.getcurrent()
        self._actors: list[greenlet.greenlet] = []
        self._observed: dict[greenlet.greenlet, list[Hashable]] = {}
        self.state: Callable[[], Hashable] = lambda: None
        self.crossings: list[tuple[int, int]] = []

    def start(self, work: Callable[[], object]) -> None:
        """One more actor, from now on."""
        actor = greenlet.greenlet(work, parent=self._hub)
        self._actors.append(actor)
        self._observed[actor] = []

    def hand_over(self) -> None:
        """Others may go on here."""
        if greenlet.getcurrent() is not self._hub:
            self.observe("here")
            self._hub.switch()

    def observe(self, what: Hashable) -> None:
        """An actor learns something that decides what it does next."""
        self._observed.get(greenlet.getcurrent(), []).append(what)

    def run(self) -> bool:
        """Until every actor has ended, or the rest has been tried; raises what one of them raised."""
        try:
            while self._actors:
                if len(self._actors) > 1 and self._was_here():
                    return False
                actor = self._actors[self._chosen(len(self._actors))]
                try:
                    actor.switch()
                finally:
                    self._actors = [each for each in self._actors if not each.dead]
            return True
        finally:
            for actor in self._actors:
                actor.throw()

    def _was_here(self) -> bool:
        if len(self.crossings) < len(self._choices):
            return False
        here = (self.state(), tuple(tuple(self._observed[actor]) for actor in self._actors))
        known = here in self._seen
        self._seen.add(here)
        return known

    def _chosen(self, among: int) -> int:
        if among == 1:
            return 0
        place = len(self.crossings)
        chosen = self._choices[place] if place < len(self._choices) else 0
        self.crossings.append((chosen, among))
        return chosen


def every(told: Callable[[Paths], object]) -> Iterator[int]:
    """Each run of a story with the number of states seen so far; the story is told anew for each."""
    choices: list[int] = []
    seen: set[Hashable] = set()
    for _ in range(MOST_RUNS):
        paths = Paths(choices, seen)
        told(paths)
        yield len(seen)
        crossings = paths.crossings
        while crossings and crossings[-1][0] + 1 == crossings[-1][1]:
            crossings.pop()
        if not crossings:
            return
        choices = [chosen for chosen, _ in crossings]
        choices[-1] += 1
    raise AssertionError("too many to try them all")
