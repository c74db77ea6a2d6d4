"""Flights, districts, hotels, calls: kept by the desks that keep them, seen by those who may."""

from datetime import date

import pytest

from chalicelib.actions.desk_tasks import do_task
from chalicelib.actions.keep_lines import change_line
from chalicelib.actions.ports import View
from chalicelib.actions.quarantine import Placement, start_quarantine
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.errors import NotFound
from chalicelib.domain.lines import held
from chalicelib.domain.messages import Message
from chalicelib.domain.places import District
from chalicelib.domain.work import Task
from chalicelib.web.navigation import SECTIONS
from tests.web.browser import Browser, officer
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of, received
from tests.web.console.world import COORDINATOR, World

FLIGHT = {"number": "ca 406", "kind": "charter", "route": "international", "origin": "Milano", "scheduled": "23:50",
          "estimated": "2026-12-08T01:10", "expected_heads": "180"}  # fmt: skip


def test_a_flight_is_added_changed_and_never_changed_blindly(coordinator: Browser, world: World) -> None:
    world.declare()
    added = coordinator.submit(form_of(coordinator, "/console/flights", "/console/flights"), **FLIGHT)
    path = added.headers["location"]
    assert path == "/console/flights/2026-12-07/CA406"
    flight = world.ports.store.get(Flight, "CKG", *_key(path))
    assert flight.scheduled.isoformat() == "2026-12-07T23:50:00+08:00"
    form = form_of(coordinator, path, "/CA406")
    assert coordinator.submit(form, **{**FLIGHT, "expected_heads": "200"}).status == 303
    assert coordinator.submit(form, **{**FLIGHT, "expected_heads": "200"}).status == 303
    stale = coordinator.submit(form, **{**FLIGHT, "expected_heads": "300"})
    assert stale.status == 412
    assert "200" in coordinator.get("/console/flights").text


def _key(path: str) -> tuple[object, str]:
    day, number = path.split("/")[-2:]
    return date.fromisoformat(day), number


def test_a_flight_with_faults_is_asked_for_again(coordinator: Browser) -> None:
    wrong = {"number": "??", "kind": "x", "route": "", "origin": "", "scheduled": "25:99", "estimated": "z",
             "expected_heads": "-1"}  # fmt: skip
    answer = coordinator.post("/console/flights", {"date": "2026-12-07", **wrong})
    assert answer.status == 422
    assert '<a href="#number">Flight number: Write a flight number such as CA406</a>' in answer.text
    assert '<a href="#origin">Coming from: Fill this in</a>' in answer.text
    again = coordinator.post("/console/flights", {"date": "2026-12-07", **FLIGHT})
    assert again.status == 303
    assert coordinator.post("/console/flights", {"date": "2026-12-07", **FLIGHT}).status == 422


def test_flights_are_kept_by_their_desks_only(sign_in: SignIn) -> None:
    assert sign_in("onsite").post("/console/flights", FLIGHT).status == 403
    keeper = sign_in("flights")
    assert keeper.post("/console/flights", FLIGHT).status == 303
    assert "Milano" in keeper.get("/console/flights").text
    assert sign_in("hotel").get("/console/flights/2026-12-07/XX1").status == 404
    assert sign_in("hotel").get("/console/flights/notaday/XX1").status == 404


CONTACT = {"contacts.0.name": "何丽", "contacts.0.phone": "139 1111 2222", "contacts.0.reach": "text",
           "contacts.0.language": "zh-Hans", "contacts.0.from": "08:00", "contacts.0.to": "20:00",
           "zone": "01", "reception_point": "yes"}  # fmt: skip


def test_a_districts_contacts_are_kept_whole(sign_in: SignIn, world: World) -> None:
    own = sign_in("district", district="yuzhong")
    form = form_of(own, "/console/districts/yuzhong", "/yuzhong")
    landline = own.submit(form, **{**CONTACT, "contacts.0.phone": "023 6372 1234"})
    assert landline.status == 422
    assert '<a href="#contacts-0-phone">何丽 · Phone: This number cannot receive texts' in landline.text
    assert own.submit(form, **CONTACT).status == 303
    kept = world.ports.store.get(District, "yuzhong")
    assert [contact.phone for contact in kept.personal.contacts] == ["+8613911112222"]
    assert own.submit(form, **CONTACT).status == 303
    assert own.submit(form, **{**CONTACT, "contacts.0.name": "别人"}).status == 412
    assert own.get("/console/districts/jiangbei").status == 404
    assert own.post("/console/districts/jiangbei", CONTACT).status == 404
    assert "jiangbei" not in own.get("/console/districts").text


def test_hotels(coordinator: Browser) -> None:
    new = {"name_zh": "江景酒店", "name_en": "", "district": "yuzhong", "rooms": "90", "capacity": "120"}
    refused = coordinator.post("/console/hotels", {**new, "rooms": "x", "name_zh": ""})
    assert refused.status == 422
    for named in (
        '<a href="#rooms">Rooms: Write a whole number</a>',
        '<a href="#name_zh">Name in Chinese: Fill this in</a>',
    ):
        assert named in refused.text
    assert refused.text.index("#name_zh") < refused.text.index("#rooms"), "in the order of the page"
    assert coordinator.post("/console/hotels", new).status == 303
    assert coordinator.post("/console/hotels", new).status == 422
    assert "江景酒店" in coordinator.get("/console/hotels").text


LANDLINE = {"name": "林父", "relation": "父亲", "phone": "023 6372 1234", "reach": "call", "language": "zh-Hans"}


def test_a_call_is_ticked_off_and_taken_up_again(coordinator: Browser, world: World) -> None:
    case_id = world.registered(family_contacts=[LANDLINE])
    vehicle = world.vehicle(case_id).dispatch_id
    coordinator.post(f"/console/dispatches/{vehicle}/board", {"traveller": case_id})
    coordinator.submit(form_of(coordinator, f"/console/dispatches/{vehicle}", "/depart"))
    settle_travellers(world.ports, vehicle, "departed")
    page = coordinator.get("/console/calls")
    assert "+86 236••••234" in page.text
    assert "+862363721234" not in page.text
    of_the_call = [form for form in page.forms if "/console/calls/hotel/" in form["action"]]
    form = next(form for form in of_the_call if not form["action"].endswith("/number"))
    assert "Nobody to call" in coordinator.follow(coordinator.submit(form)).text
    undo = form_of(coordinator, "/console/calls", str(form["action"]).rpartition("/")[2])
    assert "林父" in coordinator.follow(coordinator.submit(undo)).text


def test_a_text_that_never_arrives_is_a_call_for_the_travellers_own_district(sign_in: SignIn, world: World) -> None:
    case_id = received(world)
    plan = Placement("home", "解放碑民权路1号")
    start_quarantine(world.ports, COORDINATOR, case_id, plan, None)
    page = world.ports.store.page(View(Message, "by_traveller", case_id), 10)
    message = next(message for message in page.items if message.audience == "family")
    assert record_receipt(world.ports, message.message_id, "undelivered", "SM1", "30005")
    assert message.personal.body in sign_in("district", district="yuzhong").get("/console/calls").text
    assert "Nobody to call" in sign_in("district", district="jiangbei").get("/console/calls").text


def test_texts_that_are_held_back_are_one_task_with_the_providers_code(coordinator: Browser, world: World) -> None:
    change_line(world.ports, "twilio", lambda line: held(line, "20003", "+8613900139000", world.ports.clock()))
    page = coordinator.get("/console/calls").text
    assert page.count("Texts are held back") == 1
    assert "twilio 20003" in page


def test_a_districts_officer_ticks_only_their_own_districts_tasks(world: World) -> None:
    (case_id,) = world.declare(symptoms=["fever"], no_symptoms=None)
    task = next(row for row in world.wiring.store.rows.values() if isinstance(row, Task))  # type: ignore[attr-defined]
    stranger = officer("district", district="jiangbei")
    with pytest.raises(NotFound):
        do_task(world.ports, stranger, task.point, task.desk, task.day, task.task_id)
    assert do_task(world.ports, COORDINATOR, task.point, task.desk, task.day, task.task_id).done_at
    assert case_id == task.traveller_id


@pytest.mark.parametrize(
    "desk", ["coordination", "onsite", "information", "hotel", "flights", "report", "media", "admin"]
)
def test_every_desk_opens_every_page_that_it_is_shown(sign_in: SignIn, world: World, desk: str) -> None:
    received(world)
    browser = sign_in(desk)
    home = browser.get("/console")
    assert home.status == 200
    for section in SECTIONS:
        shown = f'href="{section.path}"' in home.text
        assert (browser.get(section.path).status == 200) is shown, section.path


@pytest.mark.parametrize(
    "path", ["/console", "/console/onsite", "/console/waiting", "/console/travellers", "/console/calls"]
)
def test_pages_speak_the_officers_language(sign_in: SignIn, world: World, path: str) -> None:
    world.registered()
    answer = sign_in("coordination", language="zh-Hans").get(path)
    assert answer.status == 200
    assert '<html lang="zh-Hans"' in answer.text
    for english in ("Waiting", "Registered", "Search"):
        assert f">{english}<" not in answer.text


def test_lists_go_on_with_an_opaque_cursor(coordinator: Browser, world: World) -> None:
    for _ in range(51):
        world.declare()
    first = coordinator.get("/console/travellers").text
    following = first.partition('rel="next" href="')[2].partition('"')[0]
    assert first.count("ws-person ") == 50
    assert coordinator.get(following).text.count("ws-person ") == 1
    assert coordinator.get("/console/travellers?cursor=forged").status == 422
    assert coordinator.get("/console/travellers?date=31/12/2026").status == 422
