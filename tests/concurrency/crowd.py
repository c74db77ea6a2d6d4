"""Everybody at once around one traveller: ten submissions, another answer, an amendment, two officers, a clock."""

from dataclasses import replace
from functools import cache, partial
from itertools import count
from typing import Any, Protocol

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.ports import Ports, Store
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.submit_declaration import Receipt, submit_declaration
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.errors import Stale
from chalicelib.domain.messages import Message
from chalicelib.domain.officers import Officer
from chalicelib.domain.work import FanOut
from chalicelib.jobs.sweep import KINDS
from chalicelib.messaging import texts
from chalicelib.messaging.prices import prices
from chalicelib.storage.drills import RememberedDrills
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from chalicelib.storage.places import RememberedPlaces
from chalicelib.storage.spending import RememberedSpending
from tests.actions.world import Clock, Nudges, PlainDigests, World, declaration
from tests.concurrency.parts import Network, Rows, SpawningQueue, SteppedStore
from tests.concurrency.shift import Log, Shift
from tests.concurrency.turns import Order, Turns

OFFICERS = tuple(Officer(officer_id=name, desks=frozenset({"coordination"})) for name in ("ning", "zhao"))
SUBMISSIONS = 10
DOCUMENT, BROTHERS = "E12345678", ("E20000001", "E20000002")
MINUTES = 5
DELIVERIES = 5
"""Times that the queue brings an entry whose work failed."""


class Kept(Store, Protocol):
    """A store that says what it keeps, and which rows were written, each with what stood there before."""

    @property
    def written(self) -> list[tuple[Any, Any]]: ...

    def kept(self, kind: type) -> list[Any]: ...


class Crowd:
    """One run: ports over one store, everybody who uses them, and what they were told.

    ``said`` are the answers of the traveller's own; ``leap`` are the seconds between two sweeps.
    """

    def __init__(self, turns: Order, store: Kept, ports: Ports, clock: Clock, leap: int = 61, **said: Any) -> None:
        self.turns, self.store, self.clock = turns, store, clock
        self.network = Network(turns, clock, self._called_back)
        self.ports = replace(ports, store=store, queue=SpawningQueue(turns, self._worked_off))
        self.document = said.get("document_number", DOCUMENT)
        self.receipts: list[Receipt] = []
        self.others: list[Receipt] = []
        self.log = Log(self.document)
        self.undone: list[tuple[str, str]] = []
        self._said = said
        self._leap = leap

    def gather(self) -> None:
        """Everybody starts."""
        for number in range(SUBMISSIONS):
            self.turns.start(partial(self._submits, self.receipts, "" if number % 2 else f"key of {self.document}"))
        self.turns.start(partial(self._submits, self.others, "", seat="30A"))
        self.turns.start(self._amends)
        for officer in OFFICERS:
            self.turns.start(Shift(self.ports, officer, self.log, self.turns).work)
        self.turns.start(self._minutes)

    def settle(self) -> None:
        """Hours later, with nobody at work but the sweep; as long as there is something to do, five hours at most."""
        for _ in range(60):
            if not self._owed():
                return
            self.clock.forward(minutes=5)
            self._sweep()
            self.turns.run()

    def _owed(self) -> bool:
        return bool(self.store.kept(FanOut)) or any(message.due_at is not None for message in self.store.kept(Message))

    def _submits(self, receipts: list[Receipt], key: str, **answers: Any) -> None:
        receipts.append(submit_declaration(self.ports, declaration(key, **self._said, **answers)))

    def _amends(self) -> None:
        mine = submit_declaration(self.ports, declaration(**self._said))
        self.receipts.append(mine)
        amend_declaration(self.ports, mine.declaration_id, declaration(seat="12C", **self._said))

    def _minutes(self) -> None:
        for _ in range(MINUTES):
            self._sweep()
            self.clock.forward(seconds=self._leap)
            self.turns.hand_over()

    def _sweep(self) -> None:
        sweep_owed(self.ports, {kind: due_shards(kind) for kind in KINDS}, stamp(self.clock()))

    def _worked_off(self, kind: str, key: str) -> None:
        for _ in range(DELIVERIES):
            try:
                work_off(self.ports, self.network, kind, key)
            except Stale:
                continue
            return
        self.undone.append((kind, key))

    def _called_back(self, message_id: str, status: str, sid: str) -> None:
        record_receipt(self.ports, message_id, status, sid, "30003" if status in ("failed", "undelivered") else "")


@cache
def _morning() -> Rows:
    """Two brothers, registered, whose texts read the same, before the traveller's own declaration."""
    world = World()
    for number in BROTHERS:
        world.registered(number)
    assert isinstance(world.store, MemoryStore)
    return world.store.rows


def in_memory(turns: Turns, inner: MemoryStore) -> Crowd:
    """A day over ``inner``, call by call."""
    clock = Clock()
    inner.rows = dict(_morning())
    store = SteppedStore(turns, inner, clock)
    ports = Ports(
        store=store, queue=Nudges(), digests=PlainDigests(), texts=texts,
        places=RememberedPlaces(inner, seconds=lambda: 0.0), clock=clock, prices=prices(),
        spending=RememberedSpending(inner, seconds=count(0, 10).__next__),
        drills=RememberedDrills(inner, whole=False, simulated=False, seconds=lambda: 0.0),
    )  # fmt: skip
    return Crowd(turns, store, ports, clock)
