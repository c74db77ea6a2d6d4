"""One story with one fault in it: told, restarted, retried, swept until quiet, and held against the promises."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.errors import WaystationError
from chalicelib.domain.message_moves import MOVES
from chalicelib.domain.messages import RANK, MessageState
from tests.api_client import Reply
from tests.killed.faults import WRITES, Died, Fault, applies
from tests.killed.promises import End, broken, end_of, portrait
from tests.killed.scene import Stage
from tests.killed.story import Story

CHANGING = frozenset({*WRITES, "sms.send"})
TRIES = 6
ROUNDS = 12
Act = Callable[[], Reply | list[str] | dict[str, Any]]
"""What a client, the queue or a schedule does, and does again until it is answered."""


@dataclass(frozen=True)
class Deed:
    """``covers`` is the route or job; ``prepare`` leads a story to it and answers the act itself.

    ``cold`` is a process that has just started: it knows no key, no place, no address.
    """

    name: str
    covers: str
    prepare: Callable[[Story], Act]
    cold: bool = False


@dataclass(frozen=True)
class Outcome:
    """What one fault at one call led to; nothing in ``faults`` when every promise held."""

    call: str
    fault: Fault
    faults: tuple[str, ...]


class Broken(Exception):
    """The act was refused, or never got through."""


def rehearsed(scene: Stage, deed: Deed) -> tuple[list[str], dict[str, list[Any]]]:
    """The calls of a deed that nothing disturbs, and how its story ends."""
    end, calls = _told(scene, deed, 0, None)
    assert broken(end, scene.tap.plain) == []
    return calls, portrait(end)


def planned(calls: list[str], turn: int | None = None) -> Iterator[tuple[int, str, Fault]]:
    """Each fault at each call. With a ``turn`` a read meets one of them and a write two: the next turn, the next ones,
    so that verbs that make the same calls together meet them all.
    """
    for place, call in enumerate(calls, 1):
        faults = [fault for fault in Fault if applies(fault, call)]
        if turn is not None:
            first = turn + place
            faults = [faults[(first + step) % len(faults)] for step in ((0, 3) if call in CHANGING else (0,))]
        yield from ((place, call, fault) for fault in faults)


def tried(
    scene: Stage, deed: Deed, calls: list[str], undisturbed: dict[str, list[Any]], turn: int | None = None
) -> Iterator[Outcome]:
    """One story for each fault at each call."""
    for place, call, fault in planned(calls, turn):
        yield Outcome(f"{place} {call}", fault, tuple(_faults(scene, deed, place, fault, undisturbed)))


def _faults(scene: Stage, deed: Deed, place: int, fault: Fault, undisturbed: dict[str, list[Any]]) -> Iterable[str]:
    try:
        end, _ = _told(scene, deed, place, fault)
    except Broken as refused:
        yield str(refused)
        return
    yield from broken(end, scene.tap.plain)
    yield from backwards(scene)
    ended = portrait(end)
    yield from (f"{part}: {ended[part]} is not {was}" for part, was in undisturbed.items() if ended[part] != was)


def _told(scene: Stage, deed: Deed, place: int, fault: Fault | None) -> tuple[End, list[str]]:
    scene.begin()
    start = scene.clock.now
    act = deed.prepare(Story(scene))
    if deed.cold:
        scene.restart()
    scene.tap.arm(place, fault)
    calls = _persist(scene, act)
    if not scene.tap.disarm():
        raise Broken("the fault never happened")
    return _quiet(scene, start), calls


def _persist(scene: Stage, act: Act) -> list[str]:
    """The calls of the first try. Whoever asked asks again, word for word, until there is an answer."""
    calls: list[str] | None = None
    for _ in range(TRIES):
        try:
            done = _done(act())
        except Died:
            done = False
            scene.restart()
        except (RuntimeError, WaystationError):  # a job that failed: its schedule starts it again
            done = False
        calls = calls or list(scene.tap.calls)
        if done:
            return calls
    raise Broken("no answer after so many tries")


def _done(answer: Any) -> bool:
    if isinstance(answer, list):
        return not answer
    if isinstance(answer, dict):
        return True
    if answer.status < 300:
        return True
    if answer.status < 500:
        raise Broken(f"refused: {answer.status} {answer.body}")
    return False


def _quiet(scene: Stage, start: datetime) -> End:
    """Minutes pass, the queue is worked off and the sweep runs, until nothing is owed any more."""
    coming: list[str] = []
    for _ in range(ROUNDS):
        coming = _worked(scene, [*coming, *scene.queued()])
        end = end_of(scene, start)
        if not (coming or end.restless):
            return end
        scene.clock.forward(minutes=3)
        scene.job("sweep")
        scene.job("release_due")
    return end_of(scene, start)


def _worked(scene: Stage, bodies: list[str]) -> list[str]:
    return scene.work(bodies) if bodies else []


def backwards(scene: Stage) -> Iterable[str]:
    """Moves of a message that no table has."""
    for versions in scene.tap.states.values():
        for number in sorted(versions):
            for before, after in _pairs(versions, number):
                yield f"3: a message went from {before} to {after}"


def _pairs(versions: dict[int, set[str]], number: int) -> Iterator[tuple[str, str]]:
    befores, afters = versions.get(number - 1, set()), versions[number]
    if befores and not any(_forward(b, a) for b in befores for a in afters):
        yield min(befores), min(afters)


def _forward(before: str, after: str) -> bool:
    old, new = MessageState(before), MessageState(after)
    return any(new in moves.get(old, ()) for moves in MOVES.values()) or RANK[new] > RANK[old]
