"""Texts that come in: codes, stops, calls for help, and words for a person; each once, however often it is told."""

from collections.abc import Callable, Sequence

import pytest

from chalicelib.actions.drive_dispatch import arrive_dispatch
from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.ports import Change
from chalicelib.actions.receive_text import receive_text
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.handover import Escalation
from chalicelib.domain.messages import Message
from chalicelib.domain.received import Exchange
from chalicelib.storage.memory import MemoryStore
from tests.actions.world import COORDINATOR, MOTHER, OWN, World
from tests.actions.writing import CONTACT, Carrier, beside, sent, text


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
