"""One storm: texts through the official client to the simulator and its faults, callbacks over HTTP, a leaping clock.

Hours of waiting pass in a moment: whenever nothing is left to do, the clock goes on to when something is.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from chalicelib.actions.ports import Ports, Save
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.send_message import send_message
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.errors import Stale
from chalicelib.domain.lines import Line
from chalicelib.domain.messages import EVENTS, Addressed, Message, MessageState
from chalicelib.messaging.signature import HEADER, parse_fields, verify
from chalicelib.messaging.twilio_provider import TwilioProvider
from chalicelib.storage.layouts import due_shards, stamp
from infra.local.simulator.faults import Faults
from infra.local.simulator.server import SimulatorServer
from infra.local.simulator.simulator import Options
from tests.actions.traffic import Later
from tests.actions.world import Clock, World
from tests.concurrency.sends import ENDED, Diary, check_moves
from tests.domain.cases import message
from tests.simulator.running import ACCOUNT, SENDER, TOKEN

M = MessageState
THREADS, ROUNDS, QUIET = 4, 400, 0.05
PERMANENT, UNREACHED, OFF = 21614, 30005, 30003


@dataclass(frozen=True)
class Seen:
    """What a storm came to: ``states`` of the messages, ``sends`` at the phones, and all that broke a promise."""

    messages: int
    states: Counter[str]
    sends: int
    twice: int
    unknowns: int
    calls: int
    hours: float
    broken: tuple[str, ...]


def raged(folder: Path, messages: int, part: float, seed: int = 1) -> Seen:
    """A storm in which each thing goes wrong with the probability ``part``."""
    with _storm(folder, messages, part, seed) as storm:
        storm.blow()
        return storm.seen()


@contextmanager
def _storm(folder: Path, messages: int, part: float, seed: int) -> Iterator["Storm"]:
    logging.getLogger("chalicelib").setLevel(logging.CRITICAL)
    clock, ear = Clock(), _Ear()
    options = Options(
        account_sid=ACCOUNT, auth_token=TOKEN, state=folder / f"storm-{part}.sqlite3", public_base=ear.base,
        callback_delay=0.002, clock=lambda: clock.now.timestamp(),
    )  # fmt: skip
    with ear, SimulatorServer(options) as phones:
        phones.simulator.chance.set(faults(messages, part, seed))
        storm = Storm(phones, ear.base, clock, messages)
        ear.storm = storm
        yield storm


def faults(messages: int, part: float, seed: int) -> Faults:
    """All of them; and of the numbers, so many are refused, unreachable, or off."""
    codes = [PERMANENT, UNREACHED, OFF]
    odd = {number(place): codes[place % 3] for place in range(int(messages * part / 2))}
    return Faults(
        drop_response=part, status_429=part, status_500=part, delay_ms=1, lose_callbacks=part,
        duplicate_callbacks=part, shuffle_callbacks=part, reject=odd, seed=seed,
    )  # fmt: skip


def number(place: int) -> str:
    """Everybody has a phone of their own."""
    return f"+86139{place:08d}"


class Storm:
    """The texts and the workers in it."""

    def __init__(self, phones: SimulatorServer, public_base: str, clock: Clock, messages: int) -> None:
        self.phones, self.clock, self.diary, self.queue = phones, clock, Diary(), Later(clock)
        world = World()
        self.ports: Ports = replace(world.ports, store=self.diary, clock=clock, queue=self.queue)
        provider = TwilioProvider(
            account_sid=ACCOUNT, auth_token=TOKEN, sender=SENDER, public_base=public_base, base_url=phones.base
        )
        self.board = Switchboard([(Line(name="twilio", rate=100_000), provider)])
        self.start, self.callbacks, self.ids = clock.now, 0, [f"M{place}" for place in range(messages)]
        for place, key in enumerate(self.ids):
            row = message(
                message_id=key, event=EVENTS[place % len(EVENTS)], created_at=clock.now, due_at=clock.now,
                personal=Addressed(number(place), "", f"text {place}"),
            )  # fmt: skip
            self.diary.commit([Save(row)])

    def blow(self) -> None:
        """Until everything has come to rest."""
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in range(ROUNDS):
                sweep_owed(self.ports, {"message": due_shards("message")}, stamp(self.clock.now))
                list(pool.map(self._work, self._words()))
                self._hear_out()
                due = [at for key in self.ids if (at := self.diary.get(Message, key).due_at)]
                if not due:
                    return
                # Not to each single time, or a day of retries would take a day.
                passed = self.clock.now - self.start
                self.clock.now = max(min(due), self.clock.now + max(timedelta(minutes=1), passed / 20))

    def _words(self) -> Iterator[str]:
        """Words that are due, each once: the others come back as nothing to do."""
        seen = set()
        while (key := self.queue.taken()) is not None:
            if key not in seen:
                yield key
            seen.add(key)

    def _work(self, key: str) -> None:
        try:
            send_message(self.ports, self.board, key)
        except Stale:
            self.queue.nudge("message", key)

    def _hear_out(self) -> None:
        """Callbacks take a moment of real time."""
        heard = -1
        while heard != self.callbacks:
            heard = self.callbacks
            Event().wait(QUIET)

    def called_back(self, path: str, raw: bytes, signature: str, base: str) -> int:
        """As the hook does."""
        said = parse_fields(raw)
        self.callbacks += 1
        if not verify(TOKEN, base + path, said, signature):
            return 403
        found = dict(said)
        try:
            record_receipt(
                self.ports, path.rpartition("/")[2], found["MessageStatus"], found["MessageSid"],
                found.get("ErrorCode", ""),
            )  # fmt: skip
        except Stale:
            return 503
        return 200

    def seen(self) -> Seen:
        """Hold it against the promises."""
        texts = Counter(
            text.callback.partition("/status/")[2].partition("#")[0] for text in self.phones.simulator.store.to("")
        )
        rows = {key: self.diary.get(Message, key) for key in self.ids}
        unknown = Counter(row.message_id for row in self.diary.written if getattr(row, "state", "") == M.UNKNOWN)
        calls = {
            task.personal.phone for task in self.diary.rows.values() if getattr(task, "kind", "") == "undeliverable"
        }
        broken = [fault for key, row in rows.items() for fault in _broken(self, row, texts[key], unknown[key], calls)]
        return Seen(
            messages=len(rows), states=Counter(str(row.state) for row in rows.values()), sends=texts.total(),
            twice=sum(times > 1 for times in texts.values()), unknowns=len(unknown), calls=len(calls),
            hours=(self.clock.now - self.start).total_seconds() / 3600, broken=tuple(broken),
        )  # fmt: skip


def _broken(storm: Storm, row: Message, texts: int, unknowns: int, calls: set[str]) -> Iterator[str]:
    name = row.message_id
    if row.state not in ENDED or row.due_at is not None:
        yield f"{name} is not settled: {row.state}"
    if texts > 1 + unknowns + len(row.replaced):
        yield f"{name} went {texts} times with {unknowns} unknowns and {len(row.replaced)} repeats"
    if row.state in (M.SENT, M.DELIVERED) and not texts:
        yield f"{name} is {row.state} and lies at no phone"
    if row.state in (M.FAILED, M.UNDELIVERED) and row.personal.to not in calls:
        yield f"{name} is {row.state} and nobody calls"
    try:
        check_moves(storm.diary, name)
    except AssertionError as back:
        yield f"{name} went back: {back}"


class _Ear:
    """Where callbacks arrive."""

    storm: Storm

    def __init__(self) -> None:
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                status = ear.storm.called_back(self.path, raw, self.headers.get(HEADER, ""), ear.base)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "_Ear":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
