"""Who reads which language, and what goes where only registered templates may go."""

from dataclasses import dataclass, field, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.actions.resend_message import resend_message
from chalicelib.actions.send_message import send_message
from chalicelib.actions.switchboard import Switchboard
from chalicelib.domain.failures import Accepted, PermanentFailure
from chalicelib.domain.lines import Line
from chalicelib.domain.messages import Content, Message, MessageState
from chalicelib.domain.places import Contact, Contacts
from chalicelib.messaging import texts
from chalicelib.messaging.registered import Countries, parse
from tests.actions.carrier import Carrier
from tests.actions.world import COORDINATOR, MOTHER, OWN, World, contact

SID = "HX0123456789abcdef0123456789abcdef"
REGISTERED = f"""
["+86".templates."dispatched/family/zh-Hans"]
content_sid = "{SID}"
version = 1
"""
KNOWN = parse(REGISTERED)
OTHERS_TOO = parse(f'["+86"]\nregistered_only = false\n{REGISTERED}')


@dataclass
class TemplateCarrier(Carrier):
    """A provider that keeps templates."""

    filled: list[Content] = field(default_factory=list)

    def send_template(self, message_id: str, to: str, content: Content) -> Accepted:
        """Take it."""
        self.filled.append(content)
        return Accepted("SM2", "queued")


def registering(world: World, known: Countries) -> World:
    bound: Any = SimpleNamespace(
        **{name: getattr(texts, name) for name in ("render", "language_for", "marked", "short_date")},
        compose=partial(texts.compose, known=known), registered_only=partial(texts.registered_only, known=known),
    )  # fmt: skip
    world.ports = replace(world.ports, texts=bound)
    return world


def told(world: World, **answers: Any) -> dict[str, Message]:
    dispatch_id = world.departed(world.registered(**answers))
    world.settle(dispatch_id, "departed")
    return {message.personal.to: message for message in world.messages("dispatched")}


@pytest.mark.parametrize(
    ("asked", "spoken", "begins"),
    [
        ("ja", "ja", "【Waystation】李*様は渝中区へ"),
        ("zh-TW", "zh-Hant", "【口岸驛站】李*已乘車前往渝中區"),
        ("ko", "ko", "[Waystation] X. LI님이 Yuzhong"),
        ("fr-CA", "fr", "Waystation : X. LI en route vers Yuzhong"),
        ("ar", "ar", "محطة العبور: X. LI في الطريق إلى Yuzhong"),
        ("de", "zh-Hans", "【口岸驿站】李*已乘车前往渝中区"),
        ("", "zh-Hans", "【口岸驿站】李*已乘车前往渝中区"),
    ],
)
def test_the_contacts_language_else_the_travellers(world: World, asked: str, spoken: str, begins: str) -> None:
    message = told(world, family_contacts=[contact(language=asked)])[MOTHER]
    assert message.language == spoken
    assert message.personal.body.startswith(begins)


def test_else_the_districts(world: World) -> None:
    reading = Contacts((Contact(name="a", phone="+8613800500003", language="vi"),))
    world.change_district("yuzhong", personal=reading)
    found = told(world, family_contacts=[contact(language="de")])
    assert {to: message.language for to, message in found.items()} == {
        MOTHER: "zh-Hans", OWN: "zh-Hans", "+8613800500003": "vi",
    }  # fmt: skip
    case = replace(world.case(found[OWN].traveller_id or ""), language="de")
    from chalicelib.actions.owing import owed
    from chalicelib.domain.notices import to_family_and_traveller

    notices = to_family_and_traveller(case, "dispatched", "again")
    rows = [change.entity for change in owed(world.ports, world.ports.places.point("CKG"), notices, "CKG#2026-11-23",
                                             world.clock())]  # fmt: skip
    assert [row.language for row in rows if isinstance(row, Message)] == ["vi", "vi"]


def test_a_registered_text_goes_as_its_template(world: World) -> None:
    message = told(registering(world, KNOWN))[MOTHER]
    assert message.personal.content == Content(SID, {"name": "李*", "district": "渝中区", "hotline": "023-12320"})
    carrier = TemplateCarrier()
    assert send_message(world.ports, carrier, message.message_id) == "sent"
    assert (carrier.sent, carrier.filled) == ([], [message.personal.content])


def test_nothing_unregistered_goes_where_a_template_is_bound_and_somebody_calls(world: World) -> None:
    message = told(registering(world, KNOWN))[OWN]
    assert message.personal.content is None
    carrier = TemplateCarrier()
    assert send_message(world.ports, carrier, message.message_id) == "failed"
    row = world.store.get(Message, message.message_id)
    assert (row.state, row.code, carrier.sent, carrier.filled) == (MessageState.FAILED, "not_registered", [], [])
    (task,) = world.tasks("undeliverable")
    assert (task.desk, task.personal.phone, task.personal.about) == ("hotel", OWN, message.personal.body)
    resend_message(world.ports, COORDINATOR, message.message_id)
    assert send_message(world.ports, carrier, message.message_id) == "failed"
    assert carrier.sent == []


def test_a_provider_without_templates_never_sends_to_such_a_country(world: World) -> None:
    message = told(registering(world, KNOWN))[MOTHER]
    carrier = Carrier()
    assert send_message(world.ports, carrier, message.message_id) == "failed"
    assert (carrier.sent, world.store.get(Message, message.message_id).code) == ([], "not_registered")


def two_lines(draw: float, *, share: float = 1) -> tuple[TemplateCarrier, Carrier, Switchboard]:
    keeps, plain = TemplateCarrier(), Carrier()
    lines = [(Line(name="sns", share=share), plain), (Line(name="twilio"), keeps)]
    return keeps, plain, Switchboard(lines, lambda: draw)


@pytest.mark.parametrize("draw", [0.0, 0.5, 0.99])
def test_beside_one_without_templates_the_provider_that_keeps_them_sends(world: World, draw: float) -> None:
    message = told(registering(world, KNOWN))[MOTHER]
    keeps, plain, board = two_lines(draw, share=1000)
    assert send_message(world.ports, board, message.message_id) == "sent"
    assert (plain.sent, keeps.sent, keeps.filled) == ([], [], [message.personal.content])
    assert world.store.get(Message, message.message_id).provider == "twilio"


def test_while_that_one_is_held_the_text_waits_for_it(world: World) -> None:
    message = told(registering(world, KNOWN))[MOTHER]
    keeps, plain, board = two_lines(0)
    board.fault(world.ports, "twilio", MOTHER, "20003")
    assert send_message(world.ports, board, message.message_id) == "owed"
    assert (plain.sent, keeps.filled) == ([], [])


def test_where_others_may_go_too_the_template_is_only_preferred(world: World) -> None:
    message = told(registering(world, OTHERS_TOO))[MOTHER]
    keeps, plain, board = two_lines(0)
    board.fault(world.ports, "twilio", MOTHER, "20003")
    assert send_message(world.ports, board, message.message_id) == "sent"
    assert (plain.sent, keeps.filled) == ([message.message_id], [])


def test_a_text_that_was_owed_before_the_country_asked_for_templates_does_not_go(world: World) -> None:
    message = told(world)[MOTHER]
    carrier = TemplateCarrier()
    assert send_message(registering(world, KNOWN).ports, carrier, message.message_id) == "failed"
    assert (carrier.sent, carrier.filled) == ([], [])


def test_other_countries_are_texted_as_ever(world: World) -> None:
    message = told(registering(world, KNOWN), phone="+14155550100")["+14155550100"]
    carrier = TemplateCarrier()
    assert send_message(world.ports, carrier, message.message_id) == "sent"
    assert (carrier.sent, carrier.filled) == ([message.message_id], [])


def test_a_template_that_is_refused_is_a_failure_like_any_other(world: World) -> None:
    class Refusing(TemplateCarrier):
        def send_template(self, message_id: str, to: str, content: Content) -> Accepted:
            raise PermanentFailure("21655")

    message = told(registering(world, KNOWN))[MOTHER]
    assert send_message(world.ports, Refusing(), message.message_id) == "failed"
    assert world.store.get(Message, message.message_id).code == "21655"
