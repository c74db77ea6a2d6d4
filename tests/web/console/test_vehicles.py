"""From the zone to the district: a vehicle opened, boarded, gone, counted and handed over."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from chalicelib.actions.ports import Save
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.identifiers import reference
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.places import Point
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of
from tests.web.console.world import World

VEHICLE = {"district": "yuzhong", "kind": "bus", "plate": "渝A·12345", "capacity": "40", "escort": "Chen Jie",
           "phone": "138 0013 8000"}  # fmt: skip


def opened(browser: Browser, *case_ids: str, **changed: str) -> tuple[dict[str, object], str]:
    """The zone's form and where it led."""
    form = form_of(browser, "/console/waiting/01", "/console/dispatches")
    answer = browser.submit(form, **{**VEHICLE, "traveller": case_ids[0], **changed})
    return form, answer.headers["location"]


def dispatch_at(world: World, path: str) -> Dispatch:
    return world.ports.store.get(Dispatch, path.rpartition("/")[2])


def test_the_hall_counts_who_waits(coordinator: Browser, world: World) -> None:
    world.registered()
    world.move(world.declare()[0], "verify")
    page = coordinator.get("/console/waiting").text
    assert "Zone 01" in page
    answer = coordinator.submit(form_of(coordinator, "/console/waiting/01", "/register"))
    assert answer.headers["location"] == "/console/waiting/01"
    assert "2 waiting for a vehicle, 0 to register" in coordinator.follow(answer).text


def test_opening_twice_with_one_form_is_one_vehicle(coordinator: Browser, world: World) -> None:
    case_id = world.registered()
    form, first = opened(coordinator, case_id)
    again = coordinator.submit(form, **{**VEHICLE, "traveller": case_id})
    assert again.headers["location"] == first
    assert dispatch_at(world, first).vehicle.plate == "渝A12345"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"plate": ""}, "Fill this in"),
        ({"capacity": "x"}, "whole number"),
        ({"phone": "12"}, "phone"),
        ({"district": "nowhere"}, '<a href="#district">To the district: Choose one of these</a>'),
        ({"plate": ""}, '<a href="#plate">Plate: Fill this in</a>'),
        ({"traveller": ""}, "tick at least one"),
    ],
)
def test_a_vehicle_with_a_fault_is_asked_for_again(
    coordinator: Browser, world: World, changed: dict[str, str], said: str
) -> None:
    case_id = world.registered()
    form = form_of(coordinator, "/console/waiting/01", "/console/dispatches")
    fields = {**VEHICLE, "traveller": case_id, "zone": "01", **changed}
    answer = coordinator.submit(form, **{name: value for name, value in fields.items() if name != "traveller" or value})
    assert answer.status == 422
    assert said in answer.text
    assert "Chen Jie" in answer.text


def test_too_small_a_vehicle_is_refused_with_its_seats(coordinator: Browser, world: World) -> None:
    case_id = world.registered()
    world.vehicle(case_id, key="elsewhere")
    other = world.registered()
    form = form_of(coordinator, "/console/waiting/01", "/console/dispatches")
    answer = coordinator.submit(form, **{**VEHICLE, "traveller": case_id})
    assert answer.status == 409
    assert "another vehicle" in answer.text
    assert other in answer.text


def test_the_whole_ride(coordinator: Browser, world: World) -> None:
    people = [world.registered(), world.registered()]
    path = f"/console/dispatches/{world.vehicle(*people).dispatch_id}"
    assert coordinator.post(f"{path}/board", {"traveller": people[0]}).status == 303
    assert coordinator.post(f"{path}/board", {"scan": reference(people[1]).lower()}).status == 303
    assert coordinator.post(f"{path}/board", {"scan": reference(people[1])}).status == 303
    leave = form_of(coordinator, path, "/depart")
    assert coordinator.submit(leave).status == 303
    assert coordinator.submit(leave).status == 303
    assert dispatch_at(world, path).state == DispatchState.DEPARTED
    count = form_of(coordinator, path, "/arrive")
    some = coordinator.submit(count, present=people[0])
    assert coordinator.submit(count, present=people[0]).status == 303
    assert coordinator.submit(count, present=people[1]).status == 412
    shown = coordinator.follow(some).text
    assert "1 person is missing" in shown
    assert reference(people[1]) in shown
    assert reference(people[1]) in coordinator.get("/console").text
    arrive = form_of(coordinator, path, "/arrive")
    assert coordinator.ask("POST", f"{path}/arrive", _both(arrive, people), _FORM).status == 303
    assert "missing" not in coordinator.get("/console").text.lower()
    assert coordinator.submit(form_of(coordinator, path, "/acknowledge")).status == 303
    assert dispatch_at(world, path).state == DispatchState.ACKNOWLEDGED


_FORM = {"content-type": "application/x-www-form-urlencoded"}


def _both(form: dict[str, object], people: list[str]) -> bytes:
    fields = form["fields"]
    assert isinstance(fields, dict)
    hidden = [(name, fields[name]) for name in ("csrf_token", "etag")]
    return urlencode([*hidden, *(("present", one) for one in people)]).encode()


def test_strangers_and_nonsense_do_not_board(coordinator: Browser, world: World) -> None:
    path = f"/console/dispatches/{world.vehicle(world.registered()).dispatch_id}"
    stranger = world.registered()
    answer = coordinator.post(f"{path}/board", {"traveller": stranger})
    assert "not on this vehicle" in coordinator.follow(answer).text
    answer = coordinator.post(f"{path}/board", {"scan": "hello"})
    assert "no pass and no reference" in coordinator.follow(answer).text


def test_counting_nobody_is_asked_back_unless_it_is_said(coordinator: Browser, world: World) -> None:
    case_id = world.registered()
    path = f"/console/dispatches/{world.vehicle(case_id).dispatch_id}"
    coordinator.post(f"{path}/board", {"traveller": case_id})
    coordinator.post(f"{path}/depart", {})
    answer = coordinator.post(f"{path}/arrive", {})
    assert "tick that nobody arrived" in coordinator.follow(answer).text
    answer = coordinator.post(f"{path}/arrive", {"nobody": "yes"})
    assert "1 missing" in coordinator.follow(answer).text


def test_a_vehicle_is_hidden_from_other_districts(sign_in: SignIn, world: World) -> None:
    path = f"/console/dispatches/{world.vehicle(world.registered()).dispatch_id}"
    own, other = sign_in("district", district="yuzhong"), sign_in("district", district="jiangbei")
    assert own.get(path).status == 200
    assert path in own.get("/console/dispatches").text
    assert other.get(path).status == 404
    assert path not in other.get("/console/dispatches").text
    assert other.post(f"{path}/board", {"traveller": "x"}).status == 404


def test_messages_of_a_vehicle_and_sending_again(coordinator: Browser, world: World) -> None:
    case_id = world.registered()
    path = f"/console/dispatches/{world.vehicle(case_id).dispatch_id}"
    coordinator.post(f"{path}/board", {"traveller": case_id})
    coordinator.submit(form_of(coordinator, path, "/depart"))
    (message,) = [row for row in world.wiring.store.rows.values() if isinstance(row, Message)]  # type: ignore[attr-defined]
    world.ports.store.commit([Save(replace(message, state=MessageState.FAILED, due_at=None))])
    for listed in ("/console/messages", f"/console/messages?dispatch={path.rpartition('/')[2]}"):
        assert message.personal.to not in coordinator.get(listed).text
    form = form_of(coordinator, "/console/messages", "/resend")
    assert coordinator.submit(form).status == 303
    assert coordinator.submit(form).status == 303
    assert world.ports.store.get(Message, message.message_id).state == MessageState.OWED


def test_the_plan_changes_on_the_road_and_the_page_says_so(coordinator: Browser, world: World) -> None:
    people = [world.registered(), world.registered()]
    path = f"/console/dispatches/{world.vehicle(*people).dispatch_id}"
    for one in people:
        coordinator.post(f"{path}/board", {"traveller": one})
    assert "/change" not in coordinator.get(path).text
    coordinator.submit(form_of(coordinator, path, "/depart"))
    form = form_of(coordinator, path, "/change")
    answer = coordinator.submit(form, change="breakdown", reason="")
    assert (answer.status, "Fill this in" in answer.text) == (422, True)
    assert coordinator.submit(form, change="district", reason="road closed", district="jiangbei").status == 303
    assert dispatch_at(world, path).district == "jiangbei"
    stale = coordinator.submit(form, change="left", reason="unwell", traveller=people[0])
    assert stale.status == 412
    again = form_of(coordinator, path, "/change")
    answer = coordinator.submit(again, change="left", reason="unwell", traveller=people[0])
    assert "The plan is changed" in coordinator.follow(answer).text
    assert dispatch_at(world, path).boarded == (people[1],)
    assert "The vehicle’s plan changed" in coordinator.get(f"/console/travellers/{people[1]}").text


def test_a_desk_without_vehicles_does_not_change_their_plan(sign_in: SignIn, world: World) -> None:
    path = f"/console/dispatches/{world.vehicle(world.registered()).dispatch_id}"
    assert sign_in("media").post(f"{path}/change", {"change": "breakdown", "reason": "x"}).status == 403


def test_many_messages_are_shown_with_their_price_before_they_go(coordinator: Browser, world: World) -> None:
    point = world.ports.store.get(Point, "CKG")
    world.ports.store.commit([Save(replace(point, confirm_above=1))])
    world.wiring.places.forget()
    case_id = world.registered()
    path = f"/console/dispatches/{world.vehicle(case_id).dispatch_id}"
    coordinator.post(f"{path}/board", {"traveller": case_id})
    asked = coordinator.submit(form_of(coordinator, path, "/depart"))
    assert asked.status == 409
    assert "Nothing has been done yet" in asked.text
    for said in ("USD", "1 Nov 2026", "简体中文: 3</dd>"):
        assert said in asked.text, said
    assert dispatch_at(world, path).state == DispatchState.BOARDING
    (again,) = [form for form in asked.forms if str(form["action"]).endswith("/depart")]
    assert coordinator.submit(again).status == 303
    assert dispatch_at(world, path).state == DispatchState.DEPARTED
