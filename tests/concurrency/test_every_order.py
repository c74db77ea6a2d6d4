"""Two workers, a callback and the clock around one text, in every order of their calls that there is.

A claim lasts longer than its worker lives: the function is stopped at its time limit, which the lease outlasts. So a
send belongs to its claim, and what has to stand between two sends has to stand between their claims.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest

from chalicelib.actions.ports import Change, Page, Ports, Save, View
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.send_message import send_message
from chalicelib.domain.errors import Stale
from chalicelib.domain.failures import Accepted, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import LEASE, SETTLE_AFTER, Message, MessageState
from tests.actions.world import Clock, World
from tests.concurrency.paths import Paths, every
from tests.concurrency.sends import Diary, Took, check_moves, check_rest, check_sends
from tests.domain.cases import message

M = MessageState
T = TypeVar("T")
TEXT = "TEXT"
ROUNDS = 60


class Doorway:
    """A store whose every call lets others go first."""

    def __init__(self, paths: Paths, inner: Diary) -> None:
        self._paths, self._inner = paths, inner

    def find(self, kind: type[T], *key: Any) -> T | None:
        self._paths.hand_over()
        found = self._inner.find(kind, *key)
        self._paths.observe(getattr(found, "version", None))
        return found

    def get(self, kind: type[T], *key: Any) -> T:
        self._paths.hand_over()
        found = self._inner.get(kind, *key)
        self._paths.observe(found.version)  # type: ignore[attr-defined]
        return found

    def many(self, kind: type[T], keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], T]:
        self._paths.hand_over()
        return self._inner.many(kind, keys)

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        self._paths.hand_over()
        page = self._inner.page(view, limit, cursor)
        self._paths.observe(tuple(row.version for row in page.items))
        return page

    def commit(self, changes: Sequence[Change]) -> None:
        self._paths.hand_over()
        try:
            self._inner.commit(changes)
        except Stale:
            self._paths.observe("stale")
            raise
        self._paths.observe("written")


class Story:
    """One text that is due, and everybody around it."""

    def __init__(self, paths: Paths, world: World, answer: str, fate: tuple[str, str], diary: Diary) -> None:
        self.paths, self.clock, self.diary = paths, Clock(), diary
        self.ports: Ports = replace(world.ports, store=Doorway(paths, self.diary), clock=self.clock)
        self._answer, self._fate = answer, fate
        self._taken: list[str] = []
        self.diary.commit([Save(message(message_id=TEXT, created_at=self.clock.now, due_at=self.clock.now))])
        paths.state = self._state

    name = "network"

    def _state(self) -> Hashable:
        row = self.diary.get(Message, TEXT)
        told = tuple("sent" if isinstance(each, Took) else each.state for each in self.diary.written)
        return (told, row.sid, row.replaced, row.due_at, self.clock.now, tuple(self._taken))

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """The first time as the story says; whoever tries again is accepted."""
        self.paths.hand_over()
        self.paths.observe((len(self._taken), self.clock.now))
        answer = "accepted" if self._taken else self._answer
        if answer == "busy":
            self._taken.append("")
            raise TemporaryFailure("20429")
        if answer == "refused":
            raise PermanentFailure("21614")
        self.diary.gives(message_id)
        self._taken.append(sid := f"SM{len(self._taken)}")
        if len(self._taken) == 1 and self._fate[0]:
            self.paths.start(lambda: record_receipt(self.ports, TEXT, self._fate[0], sid, self._fate[1]))
        self.paths.hand_over()
        if answer == "lost":
            raise Unknown("no_answer")
        return Accepted(sid, "queued")

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Any = ()) -> Accepted | None:
        """The last that it took."""
        self.paths.hand_over()
        self.paths.observe(tuple(self._taken))
        return next((Accepted(sid, "sent") for sid in reversed(self._taken) if sid and sid not in taken), None)

    def works(self, times: int) -> None:
        """A worker, whose word on the queue comes so often."""
        for _ in range(times):
            send_message(self.ports, self, TEXT)

    def passes(self, *spans: timedelta) -> None:
        """Time, a span between two calls of the others."""
        for span in spans:
            self.paths.hand_over()
            self.clock.now += span
            self.paths.observe(span)

    def ends(self) -> None:
        """Hours later, with one worker whom nobody disturbs."""
        for _ in range(ROUNDS):
            if self.diary.get(Message, TEXT).due_at is None:
                break
            self.clock.forward(minutes=5)
            self.works(1)
            self.paths.run()
        for check in (check_sends, check_moves, check_rest):
            check(self.diary, TEXT)


FATES = {"silent": ("", ""), "delivered": ("delivered", ""), "off": ("undelivered", "30003")}
Actors = Callable[[Story], Sequence[Callable[[], object]]]
CASTS: Mapping[str, Actors] = {
    "two workers and a lease that ends": lambda s: (
        lambda: s.works(1), lambda: s.works(1), lambda: s.passes(LEASE),
    ),
    "a worker that comes twice while hours pass": lambda s: (
        lambda: s.works(1), lambda: s.works(2), lambda: s.passes(LEASE + SETTLE_AFTER),
    ),
}  # fmt: skip


def told(
    world: World, answer: str, fate: str, cast: Actors, diary: type[Diary] = Diary, kind: type[Story] = Story
) -> int:
    """How many states there are; every order that leads through them keeps the promises."""

    def run(paths: Paths) -> None:
        story = kind(paths, world, answer, FATES[fate], diary())
        for actor in cast(story):
            paths.start(actor)
        if paths.run():
            story.ends()

    return max(every(run))


@pytest.fixture(scope="module")
def world() -> World:
    """Whose places the stories share."""
    return World()


@pytest.mark.parametrize("cast", CASTS)
@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("answer", ["accepted", "lost", "busy", "refused"])
def test_every_order(world: World, answer: str, fate: str, cast: str) -> None:
    assert told(world, answer, fate, CASTS[cast]) > 30


class Careless(Diary):
    """Writes without looking at what stands there."""

    def _refusal(self, change: Change) -> Any:
        return None


class Hasty(Story):
    """A provider that is believed when it says nothing: what had no answer counts as not sent."""

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        try:
            return super().send(message_id, to, body)
        except Unknown:
            raise TemporaryFailure("no_answer") from None


def test_a_condition_too_few_is_seen(world: World) -> None:
    with pytest.raises(AssertionError):
        told(world, "accepted", "silent", CASTS["two workers and a lease that ends"], diary=Careless)


def test_a_hasty_repeat_is_seen(world: World) -> None:
    with pytest.raises(AssertionError, match="went twice"):
        told(world, "lost", "silent", CASTS["two workers and a lease that ends"], kind=Hasty)
