"""Texts that come in: codes, stops, calls for help, and words for a person; each once, however often it is told."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

import pytest

from chalicelib.actions.drive_dispatch import arrive_dispatch
from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.ports import Change
from chalicelib.actions.quarantine import Placement, start_quarantine
from chalicelib.actions.receive_text import Inbound, receive_text
from chalicelib.actions.send_message import send_message
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.failures import Accepted, PermanentFailure
from chalicelib.domain.handover import Escalation
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.received import MOST_ANSWERS, MOST_TEXTS, Exchange, OptOut, ReceivedText
from chalicelib.domain.replies import read_reply
from chalicelib.messaging.keywords import keywords
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, MOTHER, OWN, World, contact

CONTACT = "+8613800500003"
OURS = "+15005550006"
_numbers = count()


class Carrier:
    """Takes every text, or refuses each with a code."""

    name = "carrier"

    def __init__(self, refuses: str = "") -> None:
        self.sent: list[str] = []
        self.refuses = refuses

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Remember whom it went to."""
        if self.refuses:
            raise PermanentFailure(self.refuses)
        self.sent.append(to)
        return Accepted(f"SM{message_id}", "queued")

    def find(self, *_: object) -> None:
        """Nothing is known."""


def text(body: str, phone: str = MOTHER, sid: str = "", to: str = OURS) -> Inbound:
    return Inbound(sid or f"SM{next(_numbers)}", phone, to, body, read_reply(body, keywords()))


def sent(world: World, carrier: Carrier | None = None) -> Carrier:
    """Everything that is owed, sent."""
    carrier = carrier or Carrier()
    for message in world.messages():
        send_message(world.ports, carrier, message.message_id)
    return carrier


@pytest.fixture
def told(world: World) -> tuple[World, Dispatch, str]:
    """A traveller on the road, whose mother, phone and district have been texted."""
    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    world.settle(dispatch_id, "departed")
    sent(world)
    return world, world.store.get(Dispatch, dispatch_id), case_id


def beside(world: World, case_id: str) -> list[tuple[str, str]]:
    return [(t.said, t.personal.body) for t in world.kept(ReceivedText) if t.case_id == case_id]


class TestAContactOfADistrict:
    def test_acknowledges_with_the_code_and_is_answered(self, told: tuple[World, Dispatch, str]) -> None:
        world, dispatch, case_id = told
        arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, (case_id,))
        assert receive_text(world.ports, text(f"ok {dispatch.code}", CONTACT)) == "acknowledged"
        after = world.store.get(Dispatch, dispatch.dispatch_id)
        assert (after.state, after.acknowledged_by) == ("acknowledged", "contact:yuzhong")
        (answer,) = world.messages("acknowledged")
        assert (answer.personal.to, answer.dispatch_id, answer.segments) == (CONTACT, dispatch.dispatch_id, 1)
        assert dispatch.code in answer.personal.body
        assert ("message", answer.message_id) in world.queue.taken
        assert world.tasks("text_received") == []

    def test_says_before_arrival_that_they_are_awaited(self, told: tuple[World, Dispatch, str]) -> None:
        world, dispatch, _ = told
        assert receive_text(world.ports, text(dispatch.code, CONTACT)) == "awaited"
        assert world.store.get(Dispatch, dispatch.dispatch_id).state == "departed"
        assert world.store.get(Escalation, dispatch.dispatch_id, "departed").answered_by == "contact:yuzhong"
        assert [m.personal.to for m in world.messages("awaited")] == [CONTACT]

    @pytest.mark.parametrize("body", ["1", "OK", "收到", "نعم", " ok! "])
    def test_says_yes_to_the_only_open_one(self, told: tuple[World, Dispatch, str], body: str) -> None:
        world, dispatch, case_id = told
        arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, (case_id,))
        assert receive_text(world.ports, text(body, CONTACT)) == "acknowledged"

    def test_says_yes_when_two_are_open_and_is_asked_for_the_code(self, told: tuple[World, Dispatch, str]) -> None:
        world, dispatch, _ = told
        other = world.departed(world.registered("E2"), key="other")
        assert receive_text(world.ports, text("1", CONTACT)) == "unknown_code"
        assert [m.personal.to for m in world.messages("unknown_code")] == [CONTACT]
        states = [world.store.get(Dispatch, one).state for one in (dispatch.dispatch_id, other)]
        assert states == ["departed", "departed"]

    def test_with_a_wrong_code_is_answered_and_read_by_the_coordinator(
        self, told: tuple[World, Dispatch, str]
    ) -> None:  # fmt: skip
        world, dispatch, _ = told
        wrong = f"{(int(dispatch.code) + 1) % 10_000:04d}"
        assert receive_text(world.ports, text(wrong, CONTACT)) == "unknown_code"
        (answer,) = world.messages("unknown_code")
        assert wrong in answer.personal.body
        assert [(t.desk, t.district, t.personal.about) for t in world.tasks("text_received")] == [
            ("coordination", "yuzhong", wrong)
        ]

    def test_before_a_headcount_hands_nobody_over(self, told: tuple[World, Dispatch, str]) -> None:
        world, dispatch, _ = told
        arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, ())
        assert receive_text(world.ports, text(dispatch.code, CONTACT)) == "unknown_code"
        assert world.store.get(Dispatch, dispatch.dispatch_id).state == "arrived"

    def test_who_writes_more_than_the_code_is_read(self, told: tuple[World, Dispatch, str]) -> None:
        world, dispatch, _ = told
        said = f"{dispatch.code} but one of them is bleeding"
        assert receive_text(world.ports, text(said, CONTACT)) == "awaited"
        assert [t.personal.about for t in world.tasks("text_received")] == [said]

    def test_told_ten_times_it_is_done_once(self, told: tuple[World, Dispatch, str]) -> None:
        world, dispatch, case_id = told
        arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, (case_id,))
        one = text(dispatch.code, CONTACT)
        outcomes = [receive_text(world.ports, one) for _ in range(10)]
        assert outcomes == ["acknowledged"] + ["repeated"] * 9
        assert len(world.messages("acknowledged")) == 1


def test_a_code_from_a_stranger_is_for_a_person(told: tuple[World, Dispatch, str]) -> None:
    world, dispatch, case_id = told
    arrive_dispatch(world.ports, COORDINATOR, dispatch.dispatch_id, (case_id,))
    assert receive_text(world.ports, text(dispatch.code, "+85291234567")) == "code"
    assert world.store.get(Dispatch, dispatch.dispatch_id).state == "arrived"
    assert [t.desk for t in world.tasks("text_received")] == ["hotel"]


@pytest.mark.parametrize("phone", [MOTHER, OWN])
def test_words_land_beside_the_traveller_and_on_the_hotel_desk(told: tuple[World, Dispatch, str], phone: str) -> None:
    world, _, case_id = told
    assert receive_text(world.ports, text("他在哪里？", phone)) == "other"
    assert beside(world, case_id) == [("other", "他在哪里？")]
    (task,) = world.tasks("text_received")
    assert (task.desk, task.traveller_id, task.district) == ("hotel", case_id, "yuzhong")
    assert (task.personal.phone, task.personal.about) == (phone, "他在哪里？")
    assert task.personal.name == ("李华" if phone == MOTHER else "李*")
    assert len(world.messages()) == 3, "nobody is answered who did not ask for it"


def test_a_family_contacts_phone_finds_the_traveller_once_it_is_owed_a_text(world: World) -> None:
    case_id = world.registered()

    def found() -> list[str]:
        point = world.ports.places.point("CKG")
        return [c.case_id for c in find_travellers(world.ports, COORDINATOR, point, Query("phone", MOTHER))]

    assert found() == []
    world.settle(world.departed(case_id), "departed")
    assert found() == [case_id]


def test_last_months_texts_still_find_whose_contact_it_is(told: tuple[World, Dispatch, str]) -> None:
    world, _, case_id = told
    world.clock.forward(days=20)
    receive_text(world.ports, text("where is he?"))
    assert beside(world, case_id) == [("other", "where is he?")]


def test_a_text_of_nobody_we_know_is_still_read(world: World) -> None:
    assert receive_text(world.ports, text("hello?", "+4915112345678")) == "other"
    (task,) = world.tasks("text_received")
    assert (task.desk, task.traveller_id, task.personal.phone) == ("hotel", None, "+4915112345678")


class TestStop:
    def test_a_later_text_becomes_a_call(self, told: tuple[World, Dispatch, str]) -> None:
        world, dispatch, case_id = told
        assert receive_text(world.ports, text("退订")) == "stop"
        assert beside(world, case_id) == [("stop", "退订")]
        world.handed_over(dispatch.dispatch_id, case_id)
        world.settle(dispatch.dispatch_id, "acknowledged")
        start_quarantine(world.ports, COORDINATOR, case_id, Placement("hotel", "滨江酒店", "1203"), None)
        assert sent(world).sent == [OWN]
        (failed,) = [m for m in world.messages("quarantine_started") if m.personal.to == MOTHER]
        assert (failed.state, failed.code) == (MessageState.FAILED, "opted_out")
        (task,) = world.tasks("opted_out")
        assert (task.desk, task.personal.phone, task.personal.about) == ("hotel", MOTHER, failed.personal.body)

    def test_what_waits_already_does_not_go_either(self, world: World) -> None:
        case_id = world.registered()
        world.settle(world.departed(case_id), "departed")
        receive_text(world.ports, text("STOP"))
        assert MOTHER not in sent(world).sent

    def test_it_is_remembered_for_months_and_by_sender(self, told: tuple[World, Dispatch, str]) -> None:
        world, _, _ = told
        receive_text(world.ports, text("stop", to="+15005550001"))
        receive_text(world.ports, text("stop", to="+15005550002"))
        world.clock.forward(days=100)
        (row,) = world.kept(OptOut)
        assert (list(row.senders), row.stopped) == (["+15005550002", "+15005550001"], True)
        receive_text(world.ports, text("start", to="+15005550001"))
        assert world.kept(OptOut)[0].stopped, "the other one is still to be silent"
        receive_text(world.ports, text("start", to="+15005550002"))
        assert not world.kept(OptOut)[0].stopped

    def test_start_brings_the_texts_back(self, told: tuple[World, Dispatch, str]) -> None:
        world, _, _ = told
        receive_text(world.ports, text("STOP"))
        receive_text(world.ports, text("恢复"))
        world.departed(world.registered("E2", family_contacts=[contact()]), key="two")
        dispatch_id = [d for d in world.kept(Dispatch) if d.state == "departed"][-1].dispatch_id
        world.settle(dispatch_id, "departed")
        assert MOTHER in sent(world).sent

    def test_nobody_is_answered(self, told: tuple[World, Dispatch, str]) -> None:
        world, _, _ = told
        before = len(world.messages())
        for body in ("STOP", "START", "stop", "หยุด"):
            receive_text(world.ports, text(body))
        assert len(world.messages()) == before

    def test_what_the_provider_knows_is_learnt(self, world: World) -> None:
        world.settle(world.departed(world.registered()), "departed")
        sent(world, Carrier(refuses="21610"))
        assert {row.personal.phone for row in world.kept(OptOut)} == {MOTHER, OWN, CONTACT}
        assert {task.kind for task in world.tasks()} == {"opted_out"}
        receive_text(world.ports, text("START"))
        assert {row.personal.phone for row in world.kept(OptOut) if row.stopped} == {OWN, CONTACT}


class TestHelp:
    @pytest.mark.parametrize(("body", "phone"), [("help", MOTHER), ("帮助", MOTHER), ("AYUDA", "+34612345678")])
    def test_is_answered_with_the_hotline(self, told: tuple[World, Dispatch, str], body: str, phone: str) -> None:
        world, _, _ = told
        assert receive_text(world.ports, text(body, phone)) == "help"
        (answer,) = world.messages("help")
        assert (answer.personal.to, answer.audience) == (phone, "sender")
        assert "023-12320" in answer.personal.body
        assert answer.language == ("zh-Hans" if phone == MOTHER else "es")

    def test_is_not_answered_again_where_the_provider_did(self, world: World) -> None:
        asked = replace(text("help"), answered=True)
        assert (receive_text(world.ports, asked), world.messages("help")) == ("help", [])

    def test_goes_at_night_too(self, world: World) -> None:
        world.clock.forward(hours=14)
        receive_text(world.ports, text("help"))
        assert world.messages("help")[0].due_at == world.clock()


class TestMachines:
    def test_a_number_is_answered_so_often_an_hour(self, world: World) -> None:
        for _ in range(MOST_ANSWERS + 5):
            receive_text(world.ports, text("help"))
        assert len(world.messages("help")) == MOST_ANSWERS
        world.clock.forward(hours=1)
        receive_text(world.ports, text("help"))
        assert len(world.messages("help")) == MOST_ANSWERS + 1

    def test_a_flood_becomes_no_flood_of_work(self, told: tuple[World, Dispatch, str]) -> None:
        world, _, case_id = told
        for _ in range(MOST_TEXTS + 20):
            receive_text(world.ports, text("I am on holiday"))
        assert (len(world.tasks("text_received")), len(beside(world, case_id))) == (MOST_TEXTS, MOST_TEXTS)

    @pytest.mark.parametrize("sender", ["12345", "AIRLINE", "+12", "whatsapp:+8613900139000", ""])
    def test_what_is_no_persons_number_is_never_answered(self, world: World, sender: str) -> None:
        assert receive_text(world.ports, text("help", sender or "?")) == "help"
        assert world.messages() == []

    def test_a_loop_ends_the_hours_answers_without_another_word(self, world: World) -> None:
        receive_text(world.ports, text("help"))
        sent(world, Carrier(refuses="14107"))
        receive_text(world.ports, text("help"))
        assert [(m.state, m.code) for m in world.messages("help")] == [("failed", "14107")]
        assert world.tasks() == []


def test_an_answer_that_does_not_arrive_is_nobodys_call(world: World) -> None:
    receive_text(world.ports, text("help"))
    sent(world, Carrier(refuses="30006"))
    assert ([m.state for m in world.messages()], world.tasks()) == (["failed"], [])


def test_a_text_of_any_length_is_taken(world: World) -> None:
    receive_text(world.ports, text("猫" * 5_000, sid="S" * 5_000))
    assert len(world.tasks("text_received")[0].personal.about) == 1_600


class Meeting(MemoryStore):
    """A store in which somebody else is faster once."""

    def __init__(self) -> None:
        super().__init__()
        self.faster: list[Callable[[], object]] = []

    def commit(self, changes: Sequence[Change]) -> None:
        if self.faster:
            self.faster.pop()()
        super().commit(changes)


def test_somebody_faster_is_met_by_another_try() -> None:
    """Two texts of one number at one moment both count in its hour."""
    store = Meeting()
    world = World(store)
    store.faster = [lambda: receive_text(world.ports, text("one"))]
    assert receive_text(world.ports, text("two")) == "other"
    assert sorted(task.personal.about for task in world.tasks("text_received")) == ["one", "two"]
    assert [row.received for row in world.kept(Exchange)] == [2]


def test_every_message_of_the_answers_is_one_segment(told: tuple[World, Dispatch, str]) -> None:
    world, dispatch, _ = told
    for body, phone in (("help", MOTHER), (dispatch.code, CONTACT), ("0000", CONTACT)):
        receive_text(world.ports, text(body, phone))
    assert {message.segments for message in world.kept(Message)} == {1}
