"""Sending: one worker sends, every outcome is written by its kind, callbacks may be faster (promises 2 and 3)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions.ports import Change
from chalicelib.actions.send_message import send_message
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.errors import Stale
from chalicelib.domain.failures import Accepted, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import LEASE, SETTLE_AFTER, Message
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from tests.actions.carrier import Carrier, M, state
from tests.actions.world import World


def test_it_goes_once(world: World, owed: str) -> None:
    carrier = Carrier()
    assert send_message(world.ports, carrier, owed) == M.SENT
    assert [send_message(world.ports, carrier, owed) for _ in range(3)] == [""] * 3
    row = world.store.get(Message, owed)
    assert (carrier.sent, row.provider, row.sid, row.due_at, row.lease) == ([owed], "carrier", "SM1", None, "")


def test_of_two_workers_one_sends(world: World, owed: str) -> None:
    other = Carrier()
    carrier = Carrier(meanwhile=lambda: send_message(world.ports, other, owed))
    send_message(world.ports, carrier, owed)
    assert (carrier.sent, other.sent) == ([owed], [])


def test_who_is_second_to_claim_does_not_send(world: World, owed: str) -> None:
    class Raced(MemoryStore):
        def commit(self, changes: Sequence[Change]) -> None:
            raise Stale

    raced, carrier = Raced(), Carrier()
    assert isinstance(world.store, MemoryStore)
    raced.rows = world.store.rows
    assert send_message(replace(world.ports, store=raced), carrier, owed) == ""
    assert carrier.sent == []


def test_who_lost_the_lease_before_sending_does_not_send(world: World, owed: str) -> None:
    class Standstill(MemoryStore):
        """Lets the lease run out between the claim and the send: another worker asks what became of it."""

        stood = False

        def commit(self, changes: Sequence[Change]) -> None:
            super().commit(changes)
            if not self.stood:
                self.stood = True
                world.clock.forward(seconds=LEASE.total_seconds())
                assert send_message(world.ports, Carrier(), owed) == M.UNKNOWN

    slow, carrier = Standstill(), Carrier()
    assert isinstance(world.store, MemoryStore)
    slow.rows = world.store.rows
    assert send_message(replace(world.ports, store=slow), carrier, owed) == ""
    assert (carrier.sent, state(world, owed)) == ([], M.UNKNOWN)


def test_what_is_cancelled_or_not_there_is_not_sent(world: World, owed: str) -> None:
    from chalicelib.actions.ports import Save

    carrier = Carrier()
    row = world.store.get(Message, owed)
    world.store.commit([Save(replace(row, state=M.CANCELLED, due_at=None))])
    assert send_message(world.ports, carrier, owed) == ""
    assert send_message(world.ports, carrier, "nothing") == ""
    assert carrier.sent == []


def test_a_refusal_stops_and_somebody_has_to_call(world: World, owed: str) -> None:
    assert send_message(world.ports, Carrier(PermanentFailure("21614")), owed) == M.FAILED
    row = world.store.get(Message, owed)
    (task,) = world.tasks("undeliverable")
    assert (row.code, row.due_at, task.desk, task.personal.phone) == ("21614", None, "coordination", row.personal.to)


def test_a_passing_failure_is_tried_again_until_it_is_of_no_use(world: World, owed: str) -> None:
    carrier = Carrier(TemporaryFailure("30001"))
    outcomes = []
    for _ in range(12):
        outcomes.append(send_message(world.ports, carrier, owed))
        world.clock.forward(hours=1)
    assert outcomes == [M.OWED] * 4 + [M.FAILED] + [""] * 7, "a departure is news for four hours"
    assert len(world.tasks("undeliverable")) == 1


def test_silence_is_asked_about_and_never_blindly_resent(world: World, owed: str) -> None:
    carrier = Carrier(Unknown("timed out"))
    assert send_message(world.ports, carrier, owed) == M.UNKNOWN
    assert send_message(world.ports, carrier, owed) == "", "its callback has some time to come"
    world.clock.forward(seconds=SETTLE_AFTER.total_seconds())
    carrier.found = Accepted("SM7", "sent")
    assert send_message(world.ports, carrier, owed) == M.SENT
    assert (carrier.sent, world.store.get(Message, owed).sid) == ([owed], "SM7")


@pytest.mark.parametrize(
    ("found", "after"),
    [
        (Accepted("SM7", "delivered"), M.DELIVERED),
        (Accepted("SM7", "undelivered"), M.UNDELIVERED),
        (Accepted("SM7", "no such word"), M.SENT),
        (None, M.OWED),
        (TemporaryFailure("no_connection"), M.UNKNOWN),
        (Unknown("again"), M.UNKNOWN),
    ],
)
def test_what_asking_tells(world: World, owed: str, found: Accepted | Exception | None, after: M) -> None:
    send_message(world.ports, Carrier(Unknown("timed out")), owed)
    world.clock.forward(seconds=SETTLE_AFTER.total_seconds())
    assert send_message(world.ports, Carrier(found=found), owed) == after


def test_a_worker_that_died_is_asked_about(world: World, owed: str) -> None:
    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_message(world.ports, Carrier(meanwhile=die), owed)
    carrier = Carrier(found=Accepted("SM7", "sent"))
    assert send_message(world.ports, carrier, owed) == "", "its lease still runs"
    world.clock.forward(seconds=LEASE.total_seconds())
    shards = {"message": due_shards("message")}
    world.queue.taken.clear()
    sweep_owed(world.ports, shards, stamp(world.clock()))
    assert ("message", owed) in world.queue.taken
    work_off(world.ports, carrier, "message", owed)
    assert state(world, owed) == M.UNKNOWN
    world.clock.forward(seconds=SETTLE_AFTER.total_seconds())
    work_off(world.ports, carrier, "message", owed)
    assert (state(world, owed), carrier.sent) == (M.SENT, [])


def test_a_nudge_says_only_what_may_go_now(world: World) -> None:
    world.clock.forward(hours=13)  # 23:00
    world.queue.taken.clear()
    case_id = world.quarantined()
    nudged = {key for kind, key in world.queue.taken if kind == "message"}
    waiting = {m.message_id for m in world.messages("quarantine_started", case_id)}
    assert nudged.isdisjoint(waiting)
    assert waiting
    assert timedelta(hours=8) < world.messages("quarantine_started")[0].due_at - world.clock()  # type: ignore[operator]


def test_who_was_overtaken_says_that_it_went(world: World, owed: str) -> None:
    def overtaken() -> None:
        world.clock.forward(seconds=LEASE.total_seconds())
        assert send_message(world.ports, Carrier(), owed) == M.UNKNOWN

    carrier = Carrier(meanwhile=overtaken)
    assert send_message(world.ports, carrier, owed) == M.SENT
    row = world.store.get(Message, owed)
    assert (row.state, row.sid, row.due_at) == (M.SENT, "SM1", None)


def test_a_retry_is_on_the_queue_for_its_time(world: World, owed: str) -> None:
    world.queue.taken.clear()
    world.queue.delays.clear()
    carrier = Carrier(TemporaryFailure("30001"))
    for _ in range(6):
        send_message(world.ports, carrier, owed)
        world.clock.now = world.store.get(Message, owed).due_at or world.clock.now
    assert world.queue.delays == [30, 120, 300, 900], "what is due later is the sweep's"


def test_what_nobody_tried_in_time_is_called_and_not_sent(world: World, owed: str) -> None:
    carrier = Carrier()
    world.clock.forward(hours=4, seconds=1)
    assert send_message(world.ports, carrier, owed) == M.FAILED
    assert carrier.sent == []
    assert len(world.tasks("undeliverable")) == 1
