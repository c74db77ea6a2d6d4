"""Who writes to be left alone, or for help, and machines that answer machines."""

from dataclasses import replace

import pytest

from chalicelib.actions.quarantine import Placement, start_quarantine
from chalicelib.actions.receive_text import receive_text
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.messages import MessageState
from chalicelib.domain.received import MOST_ANSWERS, MOST_TEXTS, OptOut
from tests.actions.world import COORDINATOR, MOTHER, OWN, World, contact
from tests.actions.writing import CONTACT, Carrier, beside, sent, text


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
