"""A text to the officer's own phone: the way of every text, and no more of them than an officer needs."""

from dataclasses import replace

import pytest

from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.resend_message import list_messages
from chalicelib.actions.send_message import send_message
from chalicelib.actions.send_test import MOST, Sample, send_test
from chalicelib.domain.errors import Conflict, Invalid, NotPermitted
from chalicelib.domain.failures import PermanentFailure
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.officers import Officer
from tests.actions.carrier import Carrier
from tests.actions.test_registered_texts import KNOWN, SID, TemplateCarrier, registering
from tests.actions.world import COORDINATOR, OWN, World

SAMPLE = Sample(
    "dispatched", "family", "zh-Hans", {"name": "李*", "others": "2", "district": "渝中区", "hotline": "023-12320"}
)
HOTEL = Officer(officer_id="hotel-desk", desks=frozenset({"hotel"}))


def tried(world: World, officer: Officer = COORDINATOR, to: str = OWN) -> Message:
    return send_test(world.ports, officer, world.ports.places.point("CKG"), SAMPLE, to)


def test_it_goes_the_way_of_every_text_and_says_that_it_is_a_test(world: World) -> None:
    message = tried(world)
    assert world.queue.taken == [("message", message.message_id)]
    kept = world.store.get(Message, message.message_id)
    assert kept == message
    assert (kept.event, kept.audience, kept.state, kept.segments) == ("test", "officer", MessageState.OWED, 1)
    assert kept.personal.body == "【口岸驿站】李*及同行2人已乘车前往渝中区，有专人接收。咨询023-12320（测试短信）"
    assert OWN not in repr(replace(kept, personal=None))  # type: ignore[arg-type]
    carrier = Carrier()
    assert send_message(world.ports, carrier, message.message_id) == "sent"
    assert record_receipt(world.ports, message.message_id, "delivered", "SM1", "")
    point = world.ports.places.point("CKG")
    assert [m.event for m in list_messages(world.ports, COORDINATOR, point, "", "", "", 9, None).items] == ["test"]


def test_it_goes_at_night_as_well(world: World) -> None:
    world.clock.forward(hours=14)
    assert tried(world).due_at == world.clock()


def test_nobody_is_called_when_it_fails(world: World) -> None:
    message = tried(world)
    assert send_message(world.ports, Carrier(PermanentFailure("21614")), message.message_id) == "failed"
    other = tried(world)
    send_message(world.ports, Carrier(), other.message_id)
    assert record_receipt(world.ports, other.message_id, "undelivered", "SM1", "30005")
    assert world.tasks() == []


def test_so_many_an_hour_and_officer(world: World) -> None:
    sent = {tried(world).message_id for _ in range(MOST)}
    assert len(sent) == MOST
    with pytest.raises(Conflict, match="too_many_tests"):
        tried(world)
    assert tried(world, HOTEL).message_id not in sent
    world.clock.forward(hours=1)
    assert tried(world).message_id not in sent


def test_who_may_and_to_whom(world: World) -> None:
    with pytest.raises(NotPermitted):
        tried(world, Officer(officer_id="o", desks=frozenset({"onsite"})))
    world.ports = replace(world.ports, reaches=lambda to: not to.startswith("+8623"))
    with pytest.raises(Invalid, match="no_texts"):
        tried(world, to="+862363721234")
    assert world.messages() == []


def test_where_only_registered_texts_go_it_goes_registered_or_not_at_all(world: World) -> None:
    message = tried(registering(world, KNOWN))
    assert message.personal.content is not None
    assert message.personal.content.sid == SID
    assert message.personal.body.endswith("023-12320")
    carrier = TemplateCarrier()
    assert send_message(world.ports, carrier, message.message_id) == "sent"
    other = Sample("plan_changed", "family", "zh-Hans", SAMPLE.variables)
    refused = send_test(world.ports, COORDINATOR, world.ports.places.point("CKG"), other, OWN)
    assert send_message(world.ports, carrier, refused.message_id) == "failed"
    assert world.store.get(Message, refused.message_id).code == "not_registered"
