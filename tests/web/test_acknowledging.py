"""``/a``: the code of a text, and the number that got it; for who guesses, one answer and a wait."""

from collections.abc import Iterator

import pytest
from chalice import Chalice

from chalicelib import wiring as parts
from chalicelib.actions.drive_dispatch import arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.domain.dispatch import Dispatch
from chalicelib.web import entrance as doors
from tests.web.browser import Answer, Browser, Clock
from tests.web.console.world import COORDINATOR, World, memory_wiring

CONTACT = "+8613800500003"


@pytest.fixture
def world(clock: Clock) -> Iterator[World]:
    wiring = memory_wiring(clock)
    with parts.override(wiring), doors.override(doors.Entrance(wiring.gate, wiring.settings.public_base)):
        yield World(wiring)


@pytest.fixture
def browser(app: Chalice, world: World) -> Browser:
    return Browser(app, doors.entrance())


@pytest.fixture
def left(world: World) -> Dispatch:
    case_id = world.registered()
    vehicle = world.vehicle(case_id).dispatch_id
    board_traveller(world.ports, COORDINATOR, vehicle, case_id)
    return depart_dispatch(world.ports, COORDINATOR, vehicle)


def typed(browser: Browser, code: str, phone: str = CONTACT) -> Answer:
    return browser.post("/a", {"code": code, "phone": phone})


def wrong(left: Dispatch, step: int = 1) -> str:
    return f"{(int(left.code) + step) % 10_000:04d}"


def now(world: World, left: Dispatch) -> Dispatch:
    return world.ports.store.get(Dispatch, left.dispatch_id)


@pytest.mark.parametrize("phone", ["+8613800500003", "138 0050 0003", "0086 138-0050-0003", "１３８００５００００３"])
def test_acknowledges_after_the_headcount(browser: Browser, world: World, left: Dispatch, phone: str) -> None:
    arrive_dispatch(world.ports, COORDINATOR, left.dispatch_id, left.boarded)
    page = typed(browser, " ".join(left.code), phone)
    assert (page.status, "The hand-over is acknowledged" in page.text) == (200, True)
    assert "1 person is handed over to Yuzhong" in page.text
    assert (now(world, left).state, now(world, left).acknowledged_by) == ("acknowledged", "contact:yuzhong")
    assert typed(browser, left.code).status == 200, "typed again, it is as it was"


def test_says_before_arrival_that_they_are_awaited(browser: Browser, world: World, left: Dispatch) -> None:
    page = typed(browser, left.code)
    assert (page.status, "We know that you await them" in page.text) == (200, True)
    assert now(world, left).state == "departed"


def test_every_refusal_is_the_same(browser: Browser, left: Dispatch) -> None:
    tries = [
        (wrong(left), CONTACT), (left.code, "+8613800500004"), (left.code, "+8613900139000"), (left.code, "nonsense"),
        ("", ""), ("x" * 5_000, CONTACT), (left.code, "9" * 5_000),
    ]  # fmt: skip
    pages = []
    for code, phone in tries:
        page = typed(browser, code, phone)
        for echo in (code[:40], phone[:40]):
            page.text = page.text.replace(f'value="{echo}"', "")
        pages.append((page.status, page.text))
    assert len(set(pages)) == 1
    assert pages[0][0] == 422


@pytest.mark.parametrize("phone", [CONTACT, "+8613900139000"])
def test_who_tries_often_waits_whether_the_number_is_known_or_not(
    browser: Browser, world: World, clock: Clock, left: Dispatch, phone: str
) -> None:
    statuses = [typed(browser, wrong(left, step), phone).status for step in range(1, 8)]
    assert statuses == [422] * 5 + [429] * 2
    assert typed(browser, left.code, phone).status == 429, "the right code does not shorten the wait"
    assert now(world, left).state == "departed"
    clock.now = clock.now.replace(hour=clock.now.hour + 1)
    assert typed(browser, left.code, phone).status == (200 if phone == CONTACT else 422)


def test_a_right_code_forgets_the_wrong_ones(browser: Browser, left: Dispatch) -> None:
    for _ in range(3):
        statuses = [typed(browser, wrong(left, step)).status for step in range(1, 4)]
        assert [*statuses, typed(browser, left.code).status] == [422, 422, 422, 200]


def test_the_page_is_private_speaks_chinese_and_tells_nobody_apart(browser: Browser, left: Dispatch) -> None:
    page = browser.get("/a?lang=zh-Hans")
    assert page.status == 200
    assert (page.headers["cache-control"], page.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "确认接收人员" in page.text
    assert [(form["action"], sorted(form["fields"])) for form in page.forms] == [("/a?lang=zh-Hans", ["code", "phone"])]
    asked = browser.get("/a?code=1234&phone=%2B8613800500003").forms[0]["fields"]
    assert asked == {"code": "", "phone": ""}, "an address fills nothing in"
