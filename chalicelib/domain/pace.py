"""How the texts that are due are spread over the minute until the next sweep."""

from collections.abc import Callable, Iterable
from datetime import datetime

from chalicelib.domain.lines import Hold, Line, holding
from chalicelib.domain.messages import Message, is_over, is_waiting
from chalicelib.domain.routing import serving

MINUTE = 60.0
UNHEARD = 10.0
"""Segments a second while nothing is known of any line: none has carried a text yet."""


class Pace:
    """``lines`` are those of which anything is known; with one that has no rate, nothing waits.

    ``waiting`` texts are on the queue already, and go first. ``registered_only`` numbers wait for lines with templates.
    """

    def __init__(
        self, lines: Iterable[Line], waiting: int, now: datetime,
        registered_only: Callable[[str], bool] = lambda _: False,
    ) -> None:  # fmt: skip
        self._lines = tuple(lines)
        self._registered_only = registered_only
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
        able = serving(self._lines, to, only_registered=self._registered_only(to))
        holds = [(line.name, hold) for line in able if (hold := holding(line, to))]
        if not able or len(holds) < len(able):
            return False
        tries = [each for each in holds if each[1].probe_at <= self._now and each not in self._probed]
        self._probed.update(tries)
        return not tries
