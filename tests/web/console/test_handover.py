"""The hand-over on the vehicle's page, opt-outs and texts on the traveller's, and the calls that follow from them."""

from datetime import timedelta

import pytest

from chalicelib.actions.acknowledge_by_code import acknowledge_by_code
from chalicelib.actions.drive_dispatch import arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.escalate_handover import escalate_handover
from chalicelib.actions.receive_text import Inbound, receive_text
from chalicelib.actions.send_message import send_message
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.failures import Accepted
from chalicelib.domain.masking import mask_phone
from chalicelib.domain.messages import Message
from chalicelib.domain.places import District
from chalicelib.domain.replies import read_reply
from chalicelib.messaging.keywords import keywords
from tests.web.browser import Browser, Clock
from tests.web.console.conftest import SignIn
from tests.web.console.world import COORDINATOR, World

CONTACT = "+8613800500003"
MOTHER = "+8613900139000"


class Carrier:
    """Takes every text."""

    name = "carrier"

    def send(self, message_id: str, *_: object) -> Accepted:
        """Taken."""
        return Accepted(f"SM{message_id}", "queued")

    def find(self, *_: object) -> None:
        """Nothing is known."""


@pytest.fixture
def left(world: World) -> Dispatch:
    case_id = world.registered()
    vehicle = world.vehicle(case_id).dispatch_id
    board_traveller(world.ports, COORDINATOR, vehicle, case_id)
    return depart_dispatch(world.ports, COORDINATOR, vehicle)


def write(world: World, body: str, phone: str = MOTHER) -> str:
    text = Inbound(f"SM{body}{phone}", phone, "+15005550006", body, read_reply(body, keywords()))
    return receive_text(world.ports, text)


def page_of(browser: Browser, dispatch: Dispatch) -> str:
    return browser.get(f"/console/dispatches/{dispatch.dispatch_id}").text


def test_the_vehicles_page_tells_how_the_district_answers(
    world: World, coordinator: Browser, left: Dispatch, clock: Clock
) -> None:
    page = page_of(coordinator, left)
    assert all(words in page for words in (left.code, "No answer yet", "Next contact told", "/a"))
    assert "138••••0003" in page, "who was told, masked"
    clock.now += timedelta(minutes=10)
    escalate_handover(world.ports, left.dispatch_id, "departed", "next_contact")
    page = page_of(coordinator, left)
    assert all(words in page for words in ("Without an answer: Coordinator told", "Hand-over not acknowledged"))
    acknowledge_by_code(world.ports, CONTACT, left.code)
    page = page_of(coordinator, left)
    assert all(words in page for words in ("Awaits them", "Said that they await them"))
    arrive_dispatch(world.ports, COORDINATOR, left.dispatch_id, left.boarded)
    assert "Not acknowledged yet" in page_of(coordinator, left)
    acknowledge_by_code(world.ports, CONTACT, left.code)
    page = page_of(coordinator, left)
    assert "a contact of the district" in page
    assert "Code that the district says" not in page


def test_it_speaks_chinese(left: Dispatch, sign_in: SignIn) -> None:
    assert "尚无回应" in page_of(sign_in("hotel", language="zh-CN"), left)


def test_a_desk_that_reads_no_messages_sees_the_answer_all_the_same(left: Dispatch, sign_in: SignIn) -> None:
    page = page_of(sign_in("information"), left)
    assert ("No answer yet" in page, "138••••0003" in page) == (True, False)


def test_the_coordinators_task_stands_among_the_calls(
    world: World, coordinator: Browser, left: Dispatch, clock: Clock
) -> None:
    clock.now += timedelta(minutes=20)
    for step in ("next_contact", "coordinator"):
        assert escalate_handover(world.ports, left.dispatch_id, "departed", step)
    page = coordinator.get("/console/calls").text
    assert "The hand-over is not acknowledged" in page
    assert "ws-card--alarm" in page


@pytest.fixture
def family(world: World, left: Dispatch) -> tuple[str, str]:
    """The traveller, and the mother's phone, which was texted."""
    settle_travellers(world.ports, left.dispatch_id, "departed")
    for message in [row for row in world.ports.store.rows.values() if isinstance(row, Message)]:  # type: ignore[attr-defined]
        send_message(world.ports, Carrier(), message.message_id)
    case_id = left.boarded[0]
    case = world.ports.store.rows["cases", case_id, "case"]  # type: ignore[attr-defined]
    return case_id, case.family_contacts[0].phone


def test_opt_outs_and_texts_stand_beside_the_traveller(
    world: World, coordinator: Browser, family: tuple[str, str]
) -> None:
    case_id, mother = family
    assert "Texts from their people" not in coordinator.get(f"/console/travellers/{case_id}").text
    write(world, "Is he <b>well</b>?", mother)
    write(world, "STOP", mother)
    page = coordinator.get(f"/console/travellers/{case_id}").text
    assert "Is he &lt;b&gt;well&lt;/b&gt;?" in page
    assert all(words in page for words in ("opted out and is called instead", "Wants no more texts", "To be read"))


def test_what_must_be_read_is_a_card_of_the_hotel_desk(world: World, family: tuple[str, str], sign_in: SignIn) -> None:
    case_id, mother = family
    write(world, "Is he well?", mother)
    hotel, onsite = sign_in("hotel"), sign_in("onsite")
    page = hotel.get("/console/calls").text
    assert all(
        words in page
        for words in ("A text came in", "Is he well?", mask_phone(mother), f"/console/travellers/{case_id}")
    )
    assert "Is he well?" not in onsite.get("/console/calls").text
    assert "Is he well?" not in onsite.get(f"/console/travellers/{case_id}").text, "it reads no messages"


def test_a_districts_officer_reads_about_their_own_people_only(
    world: World, family: tuple[str, str], sign_in: SignIn
) -> None:
    _, mother = family
    write(world, "Is he well?", mother)
    assert "Is he well?" in sign_in("district", district="yuzhong").get("/console/calls").text
    assert "Is he well?" not in sign_in("district", district="jiangbei").get("/console/calls").text


class TestTheFallbackNumber:
    def test_is_kept_with_the_contacts(self, world: World, coordinator: Browser) -> None:
        path = "/console/districts/yuzhong"
        fields = {**coordinator.get(path).forms[-1]["fields"], "fallback.phone": "138 0050 0999"}
        assert coordinator.post(path, fields).status == 303
        kept = world.ports.store.get(District, "yuzhong").personal
        assert kept.fallback
        assert (kept.fallback.phone, len(kept.contacts)) == ("+8613800500999", 1)
        page = coordinator.get(path)
        assert page.forms[-1]["fields"]["fallback.phone"] == "+8613800500999"
        fields = {**page.forms[-1]["fields"], "fallback.phone": ""}
        assert coordinator.post(path, fields).status == 303
        assert world.ports.store.get(District, "yuzhong").personal.fallback is None

    def test_that_cannot_be_texted_is_told_beside_its_box(self, coordinator: Browser) -> None:
        path = "/console/districts/yuzhong"
        fields = {**coordinator.get(path).forms[-1]["fields"], "fallback.phone": "023-67152000"}
        page = coordinator.post(path, fields)
        assert (page.status, "fallback-phone-error" in page.text) == (422, True)
        assert page.forms[-1]["fields"]["fallback.phone"] == "023-67152000"
