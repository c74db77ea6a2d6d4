"""The fan-out of a departure and a hand-over: killed anywhere, finished by the next, doubled by nobody."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from chalicelib.actions.ports import Change
from chalicelib.actions.read_history import read_history
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Stale
from chalicelib.domain.states import State
from chalicelib.domain.work import FanOut
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from tests.actions.aboard import three
from tests.actions.world import (
    COORDINATOR,
    OWN,
    World,
)  # fmt: skip


class Killed(BaseException):
    """The process is gone: nothing of ours may catch it."""


class Mortal(MemoryStore):
    """A store whose process dies before, or just after, its n-th commit."""

    def __init__(self, before: MemoryStore, dies_at: int, after: bool) -> None:
        super().__init__()
        self.rows = before.rows
        self._left = count(1)
        self._dies_at, self._after = dies_at, after

    def commit(self, changes: Sequence[Change]) -> None:
        """As the store beneath, until it dies."""
        dies = next(self._left) == self._dies_at
        if dies and not self._after:
            raise Killed
        super().commit(changes)
        if dies:
            raise Killed


@pytest.mark.parametrize("stage", ["departed", "acknowledged"])
@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("dies_at", range(1, 6))
def test_a_fan_out_killed_anywhere_is_finished_by_the_next_and_doubles_nothing(
    world: World, stage: str, after: bool, dies_at: int
) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    if stage == "acknowledged":
        world.handed_over(dispatch_id, *ids)
    assert isinstance(world.store, MemoryStore)
    dying = replace(world.ports, store=Mortal(world.store, dies_at, after))
    if dies_at <= len(ids) + 1:  # one commit for each traveller, one that ends the fan-out
        with pytest.raises(Killed):
            settle_travellers(dying, dispatch_id, stage)
    world.settle(dispatch_id, stage)
    assert world.settle(dispatch_id, stage) == 0
    expected = State.DISPATCHED if stage == "departed" else State.RECEIVED
    assert [world.case(i).state for i in ids] == [expected] * 3
    assert [f.stage for f in world.kept(FanOut)] == [] if stage == "departed" else ["departed"]
    assert len(world.messages("dispatched")) == 3 + 3 + 1
    for case_id in ids:
        verbs = [e.verb for e in read_history(world.ports, COORDINATOR, case_id).entries if e.subject == case_id]
        assert len(verbs) == len(set(verbs))
        assert read_history(world.ports, COORDINATOR, case_id).intact


def test_a_fan_out_that_nobody_was_told_of_is_found_by_the_sweep(world: World) -> None:
    world.queue.away = True
    ids = three(world)
    dispatch_id = world.departed(*ids)
    world.queue.away = False
    shards = {kind: due_shards(kind) for kind in ("fanout", "message", "digest")}
    assert sweep_owed(world.ports, shards, stamp(world.clock())) == {"fanout": 1, "message": 1, "digest": 0}
    (work,) = [entry for entry in world.queue.taken if entry[0] == "fanout"]
    assert work == ("fanout", f"{dispatch_id}#departed")
    work_off(world.ports, None, *work)  # type: ignore[arg-type]
    assert [world.case(i).state for i in ids] == [State.DISPATCHED] * 3
    assert sweep_owed(world.ports, shards, stamp(world.clock()))["fanout"] == 0


def test_a_sweep_finds_nothing_before_its_time(world: World) -> None:
    world.departed(world.registered())
    early = stamp(world.clock().replace(hour=0))
    assert set(sweep_owed(world.ports, {"fanout": due_shards("fanout")}, early).values()) == {0}


def test_a_verb_settles_first_and_the_fan_out_has_nothing_left_to_do(world: World) -> None:
    ids = three(world)
    dispatch_id = world.departed(*ids)
    world.handed_over(dispatch_id, *ids)
    world.move(ids[0], "refer")
    own = [e.verb for e in read_history(world.ports, COORDINATOR, ids[0]).entries if e.subject == ids[0]]
    assert own == ["declare", "verify", "register", "depart", "acknowledge", "refer"]
    assert world.case(ids[0]).referred_from == State.RECEIVED
    told = {(m.audience, m.personal.to) for m in world.messages("dispatched", ids[0])}
    assert told == {("family", "+8613900139000"), ("traveller", OWN)}, "with the very transaction that settles"
    assert world.settle(dispatch_id, "departed") == 2
    assert world.case(ids[0]).state == State.REFERRED


def test_a_traveller_whom_somebody_else_works_on_is_settled_all_the_same(world: World) -> None:
    class Busy(MemoryStore):
        """Somebody else is faster, ``times``."""

        def __init__(self, rows: object, times: int) -> None:
            super().__init__()
            self.rows = rows  # type: ignore[assignment]
            self.times = times

        def commit(self, changes: Sequence[Change]) -> None:
            if self.times:
                self.times -= 1
                raise Stale
            super().commit(changes)

    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    assert isinstance(world.store, MemoryStore)
    with pytest.raises(Stale):
        settle_travellers(replace(world.ports, store=Busy(world.store.rows, 9)), dispatch_id, "departed")
    settle_travellers(replace(world.ports, store=Busy(world.store.rows, 3)), dispatch_id, "departed")
    assert world.case(case_id).state == State.DISPATCHED


def test_one_who_cannot_be_settled_holds_up_nobody(world: World) -> None:
    class Poisoned(MemoryStore):
        def commit(self, changes: Sequence[Change]) -> None:
            if any(isinstance(change.entity, Case) and change.entity.case_id == first for change in changes):
                raise RuntimeError("a row that nobody can write")
            super().commit(changes)

    first, second = world.registered("E1"), world.registered("E2")
    dispatch_id, poisoned = world.departed(first, second), Poisoned()
    assert isinstance(world.store, MemoryStore)
    poisoned.rows = world.store.rows
    with pytest.raises(RuntimeError):
        settle_travellers(replace(world.ports, store=poisoned), dispatch_id, "departed")
    assert [world.case(case_id).state for case_id in (first, second)] == [State.REGISTERED, State.DISPATCHED]
    assert world.settle(dispatch_id, "departed") == 1, "the row was still owed"


def test_work_that_nobody_knows_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="no such kind"):
        work_off(world.ports, None, "party", "x")  # type: ignore[arg-type]
