"""Callbacks of the provider: late, twice, in any order, about another send."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from chalicelib.actions.ports import Change
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.send_message import send_message
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.failures import Accepted, Unknown
from chalicelib.domain.messages import SETTLE_AFTER, Message
from chalicelib.storage.memory import MemoryStore
from tests.actions.carrier import Carrier, M, state
from tests.actions.world import World


def test_a_callback_that_is_faster_than_the_answer_stands(world: World, owed: str) -> None:
    carrier = Carrier(meanwhile=lambda: record_receipt(world.ports, owed, "delivered", "SM1", ""))
    assert send_message(world.ports, carrier, owed) == ""
    assert state(world, owed) == M.DELIVERED


def test_callbacks_come_late_twice_and_in_any_order(world: World, owed: str) -> None:
    send_message(world.ports, Carrier(), owed)
    told = [record_receipt(world.ports, owed, status, "SM1", "") for status in ("delivered", "sent", "delivered", "x")]
    assert told == [True, False, False, False]
    assert state(world, owed) == M.DELIVERED
    with pytest.raises(NotFound):
        record_receipt(world.ports, "not ours", "sent", "SM1", "")


def test_who_was_not_reached_is_to_be_called_once(world: World, owed: str) -> None:
    send_message(world.ports, Carrier(), owed)
    record_receipt(world.ports, owed, "undelivered", "SM1", "30005")
    record_receipt(world.ports, owed, "failed", "SM1", "30005")
    assert [(t.kind, t.dispatch_id is not None) for t in world.tasks()] == [("undeliverable", True)]


def test_a_callback_that_meets_another_reads_again(world: World, owed: str) -> None:
    class Met(MemoryStore):
        times = 2

        def commit(self, changes: Sequence[Change]) -> None:
            self.times -= 1
            if self.times >= 0:
                raise Stale
            super().commit(changes)

    met = Met()
    assert isinstance(world.store, MemoryStore)
    met.rows = world.store.rows
    assert record_receipt(replace(world.ports, store=met), owed, "sent", "SM1", "")
    met.times = 9
    with pytest.raises(Stale):
        record_receipt(replace(world.ports, store=met), owed, "delivered", "SM1", "")


def test_a_callback_about_an_earlier_send_does_not_hide_this_one(world: World, owed: str) -> None:
    """The first was not found, and had gone all the same: its failure comes while the second is on its way."""
    send_message(world.ports, Carrier(Unknown("timed out")), owed)
    world.clock.forward(seconds=SETTLE_AFTER.total_seconds())
    assert send_message(world.ports, Carrier(found=None), owed) == M.OWED
    world.clock.forward(minutes=1)
    carrier = Carrier(
        Accepted("SM2", "queued"), meanwhile=lambda: record_receipt(world.ports, owed, "undelivered", "SM1", "30003")
    )
    assert send_message(world.ports, carrier, owed) == M.SENT
    row = world.store.get(Message, owed)
    assert (row.sid, row.replaced, row.due_at) == ("SM2", ("SM1",), None)


def test_found_and_not_delivered_is_to_be_called(world: World, owed: str) -> None:
    send_message(world.ports, Carrier(Unknown("timed out")), owed)
    world.clock.forward(seconds=SETTLE_AFTER.total_seconds())
    assert send_message(world.ports, Carrier(found=Accepted("SM7", "undelivered", "30005")), owed) == M.UNDELIVERED
    assert len(world.tasks("undeliverable")) == 1


def test_a_phone_that_was_off_is_tried_again_and_then_called(world: World, owed: str) -> None:
    carrier, waits = Carrier(), []
    for number in range(1, 4):
        carrier.answer = Accepted(f"SM{number}", "queued")
        assert send_message(world.ports, carrier, owed) == M.SENT
        assert record_receipt(world.ports, owed, "undelivered", f"SM{number}", "30003")
        row = world.store.get(Message, owed)
        waits.append(row.due_at and (row.due_at - world.clock.now).total_seconds())
        assert bool(world.tasks("undeliverable")) == (number == 3)
        world.clock.now = row.due_at or world.clock.now
    assert waits == [30, 120, None]
    assert row.replaced == ("SM1", "SM2")
    assert send_message(world.ports, carrier, owed) == ""
