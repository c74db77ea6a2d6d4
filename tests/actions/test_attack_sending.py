"""Attacks on what is sent and kept: ids that tell a phone, late callbacks, a history longer than a page."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.ports import AlreadyThere, Change, Save
from chalicelib.actions.read_history import read_history
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.release import release_early
from chalicelib.actions.resend_message import resend_message
from chalicelib.actions.send_message import send_message
from chalicelib.actions.whole_view import PAGE
from chalicelib.domain.declaration import document_of
from chalicelib.domain.failures import Accepted, Unknown
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.messages import Message, MessageState, message_id
from chalicelib.domain.states import State
from chalicelib.domain.work import ReleaseDigest, Task
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, MOTHER, OWN, World, contact, daughter, declaration


@pytest.fixture
def world() -> World:
    return World()


def test_no_open_id_is_a_plain_hash_of_a_phone(world: World) -> None:
    case_id = world.quarantined(family_contacts=[contact(), contact("+862389120003", reach="call")])
    release_early(world.ports, COORDINATOR, case_id, "x", None)
    ids = {message.message_id for message in world.kept(Message)} | {task.task_id for task in world.kept(Task)}
    assert len(ids) > 5
    events = ("dispatched", "quarantine_started", "quarantine_ended")
    keys = [f"quarantine_started#{case_id}#1", f"quarantine_ended#{case_id}"]
    keys += [f"dispatched#{m.dispatch_id}#{case_id}" for m in world.kept(Message) if m.dispatch_id]
    for phone in (MOTHER, OWN, "+862389120003"):
        templates = [f"{event}/{who}" for event in events for who in ("family", "traveller")]
        guesses = {message_id(key, phone, template) for key in keys for template in templates}
        guesses |= {derived_id("task", key, phone, e, length=20) for key in keys for e in events}
        assert not ids & guesses


def test_no_case_id_is_a_plain_hash_of_a_document(world: World) -> None:
    receipt = world.declare()
    amend_declaration(world.ports, receipt.declaration_id, declaration(companions=[daughter("E55555555")]))
    case = world.case(receipt.declaration_id)
    guess = derived_id(case.key_digest, "joined", "1", str(document_of(daughter("E55555555"))))
    assert len(case.party) == 2
    assert guess not in case.party


class Silent:
    """Takes the text, and never answers."""

    name = "silent"

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        raise Unknown("timeout")

    def find(self, message_id: str, to: str, body: str, since: object, taken: object = ()) -> Accepted | None:
        found = Accepted("SM-first", "sent", "")
        return None if "SM-first" in taken else found  # type: ignore[operator]


def undelivered(world: World) -> Message:
    world.quarantined()
    message = next(m for m in world.messages("quarantine_started") if m.audience == "family")
    world.store.commit([Save(replace(message, state=MessageState.SENT, sid="SM-first", due_at=None))])
    record_receipt(world.ports, message.message_id, "undelivered", "SM-first", "30005")
    return world.store.get(Message, message.message_id)


def test_a_late_callback_of_the_first_send_does_not_stop_the_second(world: World) -> None:
    message = undelivered(world)
    resend_message(world.ports, COORDINATOR, message.message_id)
    for status in ("undelivered", "failed", "sent", "queued"):
        assert not record_receipt(world.ports, message.message_id, status, "SM-first", "30003")
    assert world.store.get(Message, message.message_id).state == MessageState.OWED
    assert record_receipt(world.ports, message.message_id, "delivered", "SM-first", "")
    assert world.store.get(Message, message.message_id).due_at is None, "who has the text is not sent it twice"


def test_the_first_send_is_not_taken_for_the_second(world: World) -> None:
    message = undelivered(world)
    resend_message(world.ports, COORDINATOR, message.message_id)
    assert send_message(world.ports, Silent(), message.message_id) == MessageState.UNKNOWN
    world.clock.forward(minutes=5)
    assert send_message(world.ports, Silent(), message.message_id) == MessageState.OWED


def test_a_brothers_repeated_text_is_not_taken_for_this_one(world: World) -> None:
    brothers = undelivered(world)
    resend_message(world.ports, COORDINATOR, brothers.message_id)
    world.quarantined("E99999999")
    mine = next(m for m in world.messages("quarantine_started", "") if m.audience == "family" and not m.replaced)
    assert mine.personal == brothers.personal
    assert send_message(world.ports, Silent(), mine.message_id) == MessageState.UNKNOWN
    world.clock.forward(minutes=5)
    assert send_message(world.ports, Silent(), mine.message_id) == MessageState.OWED


def test_a_second_failure_is_a_second_call(world: World) -> None:
    message = undelivered(world)
    before = len(world.kept(Task))
    resend_message(world.ports, COORDINATOR, message.message_id)
    assert record_receipt(world.ports, message.message_id, "undelivered", "SM-second", "30005")
    assert len(world.kept(Task)) == before + 1


def test_a_long_history_is_whole(world: World) -> None:
    case_id = world.declare().declaration_id
    for number in range(PAGE + 2):
        amend_declaration(world.ports, case_id, declaration(seat=f"{number % 60 + 1}{'ABC'[number // 60 % 3]}{number}"))
    history = read_history(world.ports, COORDINATOR, case_id)
    assert (len(history.entries), history.intact) == (PAGE + 3, True)


class Rival(MemoryStore):
    """Somebody else's release opens the day's digest a moment before the first commit that would."""

    def commit(self, changes: Sequence[Change]) -> None:
        mine = next((c for c in changes if isinstance(c.entity, ReleaseDigest) and c.entity.version == 0), None)
        if mine is not None:
            super().commit([Save(replace(mine.entity, case_ids=("SOMEBODY",)))])
            raise AlreadyThere([mine.entity])
        super().commit(changes)


def test_the_first_release_of_a_day_meets_another(world: World) -> None:
    rival = World(Rival())
    case_id, other = rival.quarantined(), rival.quarantined("E99999999")
    assert release_early(rival.ports, COORDINATOR, case_id, "x", None).state == State.RELEASED
    (digest,) = rival.kept(ReleaseDigest)
    assert digest.case_ids == ("SOMEBODY", case_id)
    assert rival.release_due(rival.clock.now.replace(year=2027))["released"] == 1
    assert rival.case(other).state == State.RELEASED
