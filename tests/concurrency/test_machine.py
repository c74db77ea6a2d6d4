"""Whatever happens to texts, in whatever order: 1,000 steps here, 10,000 and more with ``LONG=1``.

Sends with every answer, deaths before and after, leases that end, callbacks in any order and number and before the
``sent`` is written, retries, opt-outs, taking back, an officer who sends again.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from chalicelib.actions.opt_out import start, stop
from chalicelib.actions.ports import Save
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.resend_message import RESENDABLE, resend_message
from chalicelib.actions.send_message import send_message
from chalicelib.actions.stop_texts import take_back
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.failures import Accepted, NobodyToAsk, PermanentFailure, TemporaryFailure, Unknown, failure
from chalicelib.domain.lines import Line
from chalicelib.domain.messages import EVENTS, Message, cancelled
from chalicelib.domain.work import Task
from chalicelib.messaging.sns_provider import PATIENCE
from chalicelib.storage.layouts import due_shards, stamp
from tests.actions.world import COORDINATOR, Clock, Nudges, World
from tests.concurrency.sends import Diary, check_moves, check_rest, check_sends
from tests.domain.cases import case, message

LONG = bool(os.environ.get("LONG"))
EXAMPLES, STEPS = (200, 60) if LONG else (20, 50)
WORLD = World()
SENDER = "+15005550006"
CASE = case("TRAVELLER")
STATUSES = st.sampled_from(["queued", "sending", "sent", "delivered", "undelivered", "failed", "receiving"])
CODES = st.sampled_from(["", "30003", "30005", "30007", "30008", "99999"])
ANSWERS = st.sampled_from(
    ["accepted", "accepted", "lost", "silence", "busy", "refused", "ours", "dies before", "dies after"]
)


class Died(BaseException):
    """The worker's process ends here."""


class Network:
    """Answers as it is told next; ``meanwhile`` happens before the worker hears the answer."""

    def __init__(self, name: str, diary: Diary, *, deaf: bool = False) -> None:
        self.name, self._diary, self._deaf = name, diary, deaf
        self.taken: list[tuple[str, str]] = []
        self.answer = "accepted"
        self.opted_out: set[str] = set()
        self.meanwhile: Callable[[str], object] = lambda _: None

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Taken, or not, and told or not."""
        if to in self.opted_out:
            raise PermanentFailure("21610")
        match self.answer:
            case "dies before":
                raise Died
            case "silence":
                raise Unknown("no_answer")
            case "busy":
                raise TemporaryFailure("20429")
            case "refused":
                raise PermanentFailure("21614")
            case "ours":
                raise failure("20003", 401)
        self._diary.gives(message_id)
        self.taken.append((message_id, sid := f"{self.name}-{len(self.taken)}"))
        self.meanwhile(sid)
        if self.answer == "dies after":
            raise Died
        if self.answer == "lost":
            raise Unknown("no_answer")
        return Accepted(sid, "queued")

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Any = ()) -> Accepted | None:
        """The last that it took of it, unless nobody can ask."""
        if self._deaf:
            raise NobodyToAsk(PATIENCE)
        mine = (sid for known, sid in reversed(self.taken) if known == message_id and sid not in taken)
        return next((Accepted(sid, "sent") for sid in mine), None)


class Sending(RuleBasedStateMachine):
    """Some texts, two lines, and everything that may happen to them."""

    texts = Bundle("texts")

    def __init__(self) -> None:
        super().__init__()
        self.diary, self.clock, self.queue = Diary(), Clock(), Nudges()
        self.diary.rows |= {place: row for place, row in WORLD.store.rows.items() if isinstance(row, object)}  # type: ignore[attr-defined]
        self.ports = replace(WORLD.ports, store=self.diary, clock=self.clock, queue=self.queue)
        self.lines = [Network("twilio", self.diary), Network("sns", self.diary, deaf=True)]
        self.board = self.new_board()
        self.ids: list[str] = []
        self.diary.commit([Save(CASE)])

    def new_board(self) -> Switchboard:
        """What a new process knows."""
        configured = [(Line(name=line.name, rate=50), line) for line in self.lines]
        return Switchboard(configured, iter([0.1, 0.9, 0.4, 0.6] * 1_000).__next__)

    @rule(target=texts, event=st.sampled_from(EVENTS), person=st.integers(1, 3))
    def owe(self, event: str, person: int) -> str:
        """An event's text."""
        row = message(
            message_id=f"T{len(self.ids)}",
            event=event,
            traveller_id=CASE.case_id,
            created_at=self.clock.now,
            due_at=self.clock.now,
        )
        row = replace(row, personal=replace(row.personal, to=f"+861390000000{person}", body=f"text {len(self.ids)}"))
        self.diary.commit([Save(row)])
        self.ids.append(row.message_id)
        return row.message_id

    @rule(text=texts, answer=ANSWERS, early=st.lists(st.tuples(STATUSES, CODES), max_size=2))
    def send(self, text: str, answer: str, early: list[tuple[str, str]]) -> None:
        """A word on the queue about it; ``early`` callbacks come before the answer does."""

        def meanwhile(sid: str) -> None:
            for status, code in early:
                self._calls_back(text, sid, status, code)

        for line in self.lines:
            line.answer, line.meanwhile = answer, meanwhile
        try:
            send_message(self.ports, self.board, text)
        except Died:
            self.board = self.new_board()
        for line in self.lines:
            line.answer, line.meanwhile = "accepted", lambda _: None

    @rule(place=st.integers(0, 99), status=STATUSES, code=CODES, sid_is_told=st.booleans())
    def callback(self, place: int, status: str, code: str, sid_is_told: bool) -> None:
        """About anything that was ever taken, as often as it likes."""
        taken = self.lines[0].taken
        if taken:
            text, sid = taken[place % len(taken)]
            self._calls_back(text, sid if sid_is_told else "", status, code)

    def _calls_back(self, text: str, sid: str, status: str, code: str) -> None:
        record_receipt(self.ports, text, status, sid, code if status in ("undelivered", "failed") else "")

    @rule(seconds=st.sampled_from([1, 30, 61, 125, 300, 900, 3_600, 5 * 3_600]))
    def passes(self, seconds: int) -> None:
        """Time."""
        self.clock.forward(seconds=seconds)

    @rule()
    def sweep(self) -> None:
        """As its schedule does, and a worker for each word."""
        self.queue.taken.clear()
        sweep_owed(self.ports, {"message": due_shards("message")}, stamp(self.clock.now))
        for _, text in list(self.queue.taken):
            send_message(self.ports, self.board, text)

    @rule(text=texts)
    def take_back(self, text: str) -> None:
        """Its plan was replaced."""
        gone = cancelled(self.diary.get(Message, text), self.clock.now)
        if gone is not None:
            self.diary.commit([Save(gone)])

    @rule(text=texts)
    def send_again(self, text: str) -> None:
        """An officer."""
        if self.diary.get(Message, text).state in RESENDABLE:
            with suppress(Conflict):  # to a number that wants no more of them
                resend_message(self.ports, COORDINATOR, text)

    @rule(person=st.integers(1, 3))
    def opt_out(self, person: int) -> None:
        """Somebody wants no more texts."""
        for line in self.lines:
            line.opted_out.add(f"+861390000000{person}")

    @rule(person=st.integers(1, 3))
    def writes_stop(self, person: int) -> None:
        """The same, told to us by a text: what waits is taken back with it."""
        phone = f"+861390000000{person}"
        said = [*stop(self.ports, phone, SENDER), *take_back(self.ports, phone, [CASE])]
        if said:
            self.diary.commit(said)

    @rule(person=st.integers(1, 3))
    def writes_start(self, person: int) -> None:
        """And after all."""
        self.diary.commit(start(self.ports, f"+861390000000{person}", SENDER))
        for line in self.lines:
            line.opted_out.discard(f"+861390000000{person}")

    @invariant()
    def holds(self) -> None:
        """Nothing is lost, nothing goes back, nothing goes twice without an unknown between."""
        for text in self.ids:
            check_sends(self.diary, text)
            check_moves(self.diary, text)
            check_rest(self.diary, text)

    def teardown(self) -> None:
        """A day later, with providers that are well, all has come to rest."""
        for _ in range(30):
            self.clock.forward(hours=1)
            self.sweep()
        for text in self.ids:
            assert self.diary.get(Message, text).due_at is None, self.diary.get(Message, text).state
        kinds = {task.kind for task in self.diary.rows.values() if isinstance(task, Task)}
        assert kinds <= {"undeliverable", "opted_out", "texts_held"}


Sending.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck),
    derandomize=not LONG,
)  # fmt: skip
TestSending = Sending.TestCase
