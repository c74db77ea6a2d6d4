"""How the texts that are due are spread over the minute until the next sweep."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.domain.lines import Hold, Line, holding
from chalicelib.domain.messages import Message, is_over, is_waiting

MINUTE = 60.0
UNHEARD = 10.0
"""Segments a second while nothing is known of any line: none has carried a text yet."""


class Pace:
    """``lines`` are those of which anything is known; with one that has no rate, nothing waits.

    ``waiting`` texts are on the queue already, and go first.
    """

    def __init__(self, lines: Iterable[Line], waiting: int, now: datetime) -> None:
        self._lines = tuple(lines)
        self._now = now
        open_rates = [line.rate for line in self._lines if not line.holds.get("")]
        self._unlimited = None in open_rates
        self._rate = sum(rate for rate in open_rates if rate) or UNHEARD
        self._until = 0.0 if self._unlimited else waiting / self._rate
        self._probed: set[tuple[str, Hold]] = set()

    @property
    def is_full(self) -> bool:
        """Whether the lines have enough to do until the next sweep."""
        return self._until >= MINUTE

    def delay(self, message: Message) -> int | None:
        """In how many seconds a due row goes onto the queue; None for one that stays where it is for now."""
        if not is_waiting(message) or is_over(message, self._now):
            return 0
        if self._is_held(message):
            return None
        delay = int(self._until + 1e-6)
        if not self._unlimited:
            self._until += message.segments / self._rate
        return delay

    def _is_held(self, message: Message) -> bool:
        """Whether every line to its number is held; but for one text, once it is time to try."""
        to = message.personal.to
        serving = [line for line in self._lines if line.serves(to)]
        holds = [(line.name, hold) for line in serving if (hold := holding(line, to))]
        if not serving or len(holds) < len(serving):
            return False
        tries = [each for each in holds if each[1].probe_at <= self._now and each not in self._probed]
        self._probed.update(tries)
        return not tries
