"""Sending: one worker sends, every outcome is written by its kind, callbacks may be faster (promises 2 and 3)."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from chalicelib.actions.ports import Change
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.resend_message import list_messages, read_message, resend_message
from chalicelib.actions.send_message import send_message
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.actions.work_off import work_off
from chalicelib.domain.errors import Invalid, NotFound, NotInState, NotPermitted, Stale
from chalicelib.domain.failures import Accepted, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import LEASE, SETTLE_AFTER, Message, MessageState
from chalicelib.domain.officers import Officer
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, JIANGBEI, YUZHONG, World

M = MessageState


@dataclass
class Carrier:
    """A provider that answers as told, and remembers what it was given."""

    answer: Accepted | Exception = field(default_factory=lambda: Accepted("SM1", "queued"))
    found: Accepted | Exception | None = None
    meanwhile: Callable[[], object] = lambda: None
    name: str = "carrier"
    sent: list[str] = field(default_factory=list)

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Take it, or not."""
        self.sent.append(message_id)
        self.meanwhile()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()) -> Accepted | None:
        """What it knows of it, unless it is taken."""
        if isinstance(self.found, Exception):
            raise self.found
        return None if self.found and self.found.sid in taken else self.found


@pytest.fixture
def owed(world: World) -> str:
    """A departure's digest, owed."""
    world.departed(world.registered())
    (message,) = world.messages()
    return message.message_id


def state(world: World, message_id: str) -> M:
    return world.store.get(Message, message_id).state


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


class TestResending:
    def test_what_failed_is_owed_again_at_once(self, world: World, owed: str) -> None:
        send_message(world.ports, Carrier(PermanentFailure("21614")), owed)
        world.clock.forward(hours=5)
        world.queue.taken.clear()
        again = resend_message(world.ports, COORDINATOR, owed)
        assert (again.state, again.due_at, again.attempts, again.code) == (M.OWED, world.clock(), 0, "")
        assert world.queue.taken == [("message", owed)]
        assert send_message(world.ports, Carrier(TemporaryFailure("30001")), owed) == M.OWED, "a new four hours"

    def test_what_may_still_arrive_is_not(self, world: World, owed: str) -> None:
        with pytest.raises(NotInState):
            resend_message(world.ports, COORDINATOR, owed)

    def test_who_may(self, world: World, owed: str) -> None:
        with pytest.raises(NotPermitted):
            resend_message(world.ports, Officer(officer_id="m", desks=frozenset({"media"})), owed)
        with pytest.raises(NotFound):
            read_message(world.ports, JIANGBEI, owed)
        assert read_message(world.ports, YUZHONG, owed).message_id == owed

    def test_a_digest_of_releases_is_for_those_who_see_all(self, world: World) -> None:
        from chalicelib.actions.release import release_early
        from chalicelib.actions.send_digest import send_digest

        case_id = world.quarantined()
        release_early(world.ports, COORDINATOR, case_id, "r", None)
        send_digest(world.ports, "CKG", "yuzhong", world.case(case_id).intake_date)
        (digest,) = [m for m in world.messages("quarantine_ended") if m.audience == "district"]
        assert read_message(world.ports, COORDINATOR, digest.message_id) == digest
        with pytest.raises(NotFound):
            read_message(world.ports, YUZHONG, digest.message_id)


def test_lists_by_traveller_vehicle_and_day(world: World) -> None:
    case_id = world.quarantined()
    dispatch_id = str(world.case(case_id).dispatch_id)
    point = world.ports.places.point("CKG")

    def listed(officer: Officer = COORDINATOR, case: str = "", dispatch: str = "", state: str = "") -> int:
        return len(list_messages(world.ports, officer, point, case, dispatch, state, 50, None).items)

    assert (listed(case=case_id), listed(dispatch=dispatch_id), listed()) == (4, 3, 5)
    assert (listed(state="owed"), listed(state="sent")) == (5, 0)
    assert listed(YUZHONG, case=case_id) == 4
    for asked in ({"case": case_id}, {"dispatch": dispatch_id}, {}):
        with pytest.raises((NotFound, Invalid)):
            listed(JIANGBEI, **asked)


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


def test_a_retry_is_on_the_queue_for_its_time(world: World, owed: str) -> None:
    world.queue.taken.clear()
    world.queue.delays.clear()
    carrier = Carrier(TemporaryFailure("30001"))
    for _ in range(6):
        send_message(world.ports, carrier, owed)
        world.clock.now = world.store.get(Message, owed).due_at or world.clock.now
    assert world.queue.delays == [30, 120, 300, 900], "what is due later is the sweep's"


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


def test_what_nobody_tried_in_time_is_called_and_not_sent(world: World, owed: str) -> None:
    carrier = Carrier()
    world.clock.forward(hours=4, seconds=1)
    assert send_message(world.ports, carrier, owed) == M.FAILED
    assert carrier.sent == []
    assert len(world.tasks("undeliverable")) == 1
