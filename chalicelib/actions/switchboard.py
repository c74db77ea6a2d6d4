"""The switchboard: by which line a text goes, and whether it may go now. One for each process, shared by its threads.

What it knows of the lines it remembers for some seconds, and it takes room for a batch at once: on a healthy line most
texts cost no call of their own.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import RLock

from chalicelib.actions.carriers import Provider
from chalicelib.actions.hand_over_text import NOT_REGISTERED, SendsTemplates
from chalicelib.actions.keep_lines import change_line, keep_in_use, read_lines, write_line
from chalicelib.actions.ports import Ports
from chalicelib.domain.failures import OWN_REFUSALS, PermanentFailure, SendingFailure
from chalicelib.domain.lines import EVERYWHERE, KEPT, Line, held, holding, mended, probing, taken, waits
from chalicelib.domain.messages import Message
from chalicelib.domain.routing import SLOW_ANSWER, chosen, preferred, serving, shares, told
from chalicelib.domain.urgency import lane

REMEMBERED = timedelta(seconds=5)
"""How old what a process knows of holds and shares may be, and how long it keeps what it counted to itself."""
TRIES = 6
LONGEST_WAIT = timedelta(seconds=60)
"""What would wait longer than this is the sweep's, in order of urgency."""
NO_LINE = "no_line"
WORKERS = 5
"""Processes that send at once, as the queue starts them: what waits in each is spaced so that all together fit."""


@dataclass(frozen=True)
class Go:
    """Now, by this line: its segments are taken."""

    line: str
    provider: Provider


@dataclass(frozen=True)
class Wait:
    """In so many seconds there may be room."""

    seconds: float


@dataclass(frozen=True)
class Held:
    """Not before a held line is tried again."""

    until: datetime


@dataclass(frozen=True)
class NoLine:
    """No line reaches this number, or none that may: ``code`` says which."""

    code: str


class Switchboard:
    """``lines`` are as the stage sets them, each with the provider of its name; ``draw`` gives numbers from 0 to 1."""

    def __init__(
        self,
        lines: Iterable[tuple[Line, Provider]],
        draw: Callable[[], float] = random.random,
        remembered: timedelta = REMEMBERED,
    ) -> None:
        self._lines: dict[str, Line] = {}
        self._providers: dict[str, Provider] = {}
        for line, provider in lines:
            self._lines[line.name] = replace(line, templates=isinstance(provider, SendsTemplates))
            self._providers[line.name] = provider
        self._draw, self._remembered = draw, remembered
        self._lock = RLock()
        self._read_at: datetime | None = None
        self._kept: dict[str, tuple[int, datetime]] = {}
        self._counted: dict[str, tuple[int, int, datetime]] = {}
        self._turns: dict[tuple[str, int], datetime] = {}
        self._expected = 0

    def provider(self, name: str) -> Provider | None:
        """The one of a line, or the first where a row names none; None for one that is no longer here."""
        return self._providers.get(name) if name else next(iter(self._providers.values()), None)

    @property
    def is_stopped(self) -> bool:
        """Whether a line that it knows of carries nothing anywhere: its account may be another by now."""
        return any(EVERYWHERE in line.holds for line in self._lines.values())

    def way(self, ports: Ports, message: Message) -> Go | Wait | Held | NoLine:
        """How a text may go; who gets ``Go`` tells ``done`` or ``unused`` afterwards."""
        to, now = message.personal.to, ports.clock()
        with self._lock:
            self._refresh(ports, now)
            self._expected -= 1
            able = serving(self._lines.values(), to, only_registered=ports.texts.registered_only(to))
            well = [line for line in able if holding(line, to) is None]
            if well:
                return self._room(ports, self._routed(well, message, now), message, now)
            return self._probe(ports, able, to, now) if able else self._none(to)

    def _none(self, to: str) -> NoLine:
        return NoLine(NOT_REGISTERED if any(line.serves(to) for line in self._lines.values()) else NO_LINE)

    def expect(self, texts: int) -> None:
        """A worker was given so many at once: it takes room for them together, and not for more."""
        with self._lock:
            self._expected = texts

    def unused(self, name: str, segments: int, now: datetime) -> None:
        """Give back what ``Go`` took, when another worker was faster."""
        with self._lock:
            left, until = self._kept.get(name, (0, now))
            self._kept[name] = (left + segments, max(until, now))

    def done(self, ports: Ports, name: str, to: str, failure: SendingFailure | None, took: timedelta) -> None:
        """Learn from what became of a text: an answer mends a line that was held, and what is slow or fails counts."""
        if failure is not None and failure.code in OWN_REFUSALS:
            return
        answered = failure is None or isinstance(failure, PermanentFailure)
        with self._lock:
            if answered and holding(self._lines[name], to) is not None:
                self._know(change_line(ports, name, lambda line: mended(line, to) or line))
            self._count(ports, name, well=answered and took <= SLOW_ANSWER)

    def fault(self, ports: Ports, name: str, to: str, code: str) -> datetime:
        """A fault that is ours: the line is held, with an alarm; answers until when."""
        now = ports.clock()
        with self._lock:
            self._know(change_line(ports, name, lambda line: held(line, code, to, now)))
            hold = holding(self._lines[name], to)
        return hold.probe_at if hold else now

    def _routed(self, lines: list[Line], message: Message, now: datetime) -> Line:
        # What one line could not take a moment ago goes by another, where there is one.
        others = [line for line in lines if not message.attempts or line.name != message.provider]
        fit = preferred(others or lines, registered=message.personal.content is not None)
        return self._lines[chosen(shares(fit, message.personal.to, now), self._draw())]

    def _room(self, ports: Ports, line: Line, message: Message, now: datetime) -> Go | Wait:
        left, until = self._kept.get(line.name, (0, now))
        fresh = abs(until - now) <= timedelta(seconds=KEPT) and until >= now
        if line.rate is not None and not (fresh and left >= message.segments):
            return self._take(ports, line, message, now)
        self._kept[line.name] = (left - message.segments, until)
        return Go(line.name, self._providers[line.name])

    def _take(self, ports: Ports, line: Line, message: Message, now: datetime) -> Go | Wait:
        for _ in range(TRIES):
            wait = waits(line, lane(message.event), now)
            if wait > 0:
                return self._in_turn(line, message, now + timedelta(seconds=wait), now)
            after, many = taken(line, message.segments, now, self._expected + 1)
            written = write_line(ports, line, after)
            if written is not None:
                self._know(written)
                self._kept[line.name] = (many - message.segments, now + timedelta(seconds=KEPT))
                return Go(line.name, self._providers[line.name])
            line = self._read(ports)[line.name]
        return self._in_turn(line, message, now + timedelta(seconds=1), now)

    def _in_turn(self, line: Line, message: Message, earliest: datetime, now: datetime) -> Wait:
        """One behind the other, or all that found no room would come back at once."""
        key = (line.name, lane(message.event))
        turn = max(earliest, min(self._turns.get(key, earliest), now + LONGEST_WAIT))
        self._turns[key] = turn + timedelta(seconds=WORKERS * message.segments / (line.rate or 1.0))
        return Wait((turn - now).total_seconds())

    def _probe(self, ports: Ports, lines: list[Line], to: str, now: datetime) -> Go | Held:
        for line in lines:
            trying = probing(line, to, now)
            written = trying and write_line(ports, line, trying)
            if written:
                self._know(written)
                return Go(line.name, self._providers[line.name])
        again = [hold.probe_at for line in self._read(ports).values() if (hold := holding(line, to))]
        return Held(max(min(again, default=now), now + timedelta(seconds=1)))

    def _count(self, ports: Ports, name: str, *, well: bool) -> None:
        """Only where there is a choice, and written down every few seconds."""
        if len(self._lines) < 2:
            return
        now = ports.clock()
        good, bad, since = self._counted.get(name, (0, 0, now))
        self._counted[name] = good, bad, since = good + well, bad + (not well), min(since, now)
        if now - since < self._remembered:
            return
        written = write_line(ports, self._lines[name], told(self._lines[name], good, bad, now))
        if written is None:
            self._read(ports)
            return
        self._know(written)
        del self._counted[name]

    def _refresh(self, ports: Ports, now: datetime) -> None:
        if self._read_at is None or abs(now - self._read_at) >= self._remembered:
            self._know_all(keep_in_use(ports, read_lines(ports), self._lines), ports.clock())

    def _read(self, ports: Ports) -> Mapping[str, Line]:
        self._know_all(read_lines(ports), ports.clock())
        return self._lines

    def _know_all(self, found: Mapping[str, Line], now: datetime) -> None:
        self._read_at = now
        self._lines = {name: found[name].as_set(line) if name in found else line for name, line in self._lines.items()}

    def _know(self, line: Line) -> None:
        self._lines[line.name] = line.as_set(self._lines[line.name])


class Alone(Switchboard):
    """One provider without a rate, of which nothing is read: for who sends a text by hand."""

    def __init__(self, provider: Provider) -> None:
        super().__init__([(Line(name=provider.name), provider)])

    def _refresh(self, ports: Ports, now: datetime) -> None:
        """What it has seen itself is enough."""


def switchboard_of(provider: Provider | Switchboard) -> Switchboard:
    """A provider alone is a switchboard with one line."""
    return provider if isinstance(provider, Switchboard) else Alone(provider)
