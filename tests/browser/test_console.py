"""The officer's whole journey in a browser: with and without script, at a desk and in a glove, in both languages."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from chalicelib.actions.casework import seen_case
from chalicelib.actions.drive_dispatch import board_traveller
from chalicelib.actions.ports import Save
from chalicelib.domain.desks import DESKS
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.domain.states import State
from tests.browser.chromium import DESKTOP, PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.officers import press, press_why, sign_in
from tests.browser.serving import Site
from tests.intake.example import valid_companion
from tests.web.console.world import COORDINATOR, World
from tests.wired import fresh

TABLET = (820, 1180)
WAYS: list[dict[str, Any]] = [
    {"size": DESKTOP, "js": True, "lang": "en"},
    {"size": PHONE, "js": False, "lang": "zh-Hans"},
    {"size": PHONE, "js": True, "lang": "en"},
    {"size": DESKTOP, "js": False, "lang": "zh-Hans"},
]
SMALL = """() => [...document.querySelectorAll("main a, main button, main summary, main select, main input")]
  .filter(one => one.type !== "hidden" && !one.closest(".ws-card--link, noscript"))
  .map(one => [(one.closest("label") || one).getBoundingClientRect(), one.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width > 1 && box.height < 44).map(([, html]) => html)"""
"""What a glove would miss."""
CUT = """() => [...document.querySelectorAll("main .ws-table, main .ws-card")]
  .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 120))"""
"""Tables and cards that what stands in them is too wide for."""
ADMIN = Officer(officer_id="b0ss", display_name="Chen Jie", desks=frozenset({"admin", "district"}), district="yuzhong")


@pytest.fixture
def world(site: Site) -> World:
    """Travellers of the served product."""
    return World(site.wiring)


def officer_at(pages: Pages, site: Site, way: dict[str, Any]) -> Page:
    return sign_in(pages(**way), site, COORDINATOR)


def state_of(world: World, case_id: str) -> State:
    return seen_case(world.ports, COORDINATOR, case_id)[0].state


def named(way: dict[str, Any]) -> str:
    return f"{way['size'][0]}-{way['lang']}-{'script' if way['js'] else 'plain'}"


@pytest.mark.parametrize("way", WAYS, ids=named)
def test_from_the_search_box_to_quarantine(pages: Pages, site: Site, world: World, way: dict[str, Any]) -> None:
    number = f"F{7_000_001 + WAYS.index(way)}"
    case_id, companion = world.declare(
        document_number=number, companions=(valid_companion(document_number=f"{number}X"),)
    )
    world.move(companion, "verify", "register")
    page = officer_at(pages, site, way)
    page.goto("/console")
    page.locator("#q").fill(number)
    press(page, "/console/search")
    assert page.url.endswith(f"/console/travellers/{case_id}")
    assert number not in page.url
    press(page, f"{case_id}/verify")
    press(page, f"{case_id}/register")
    page.goto("/console/waiting/01")
    for one in (case_id, companion):
        page.locator(f"[name=traveller][value='{one}']").check()
    for name, typed in {
        "plate": f"渝A{number[-5:]}",
        "capacity": "40",
        "escort": "陈杰",
        "phone": "13800138000",
    }.items():
        page.locator(f"form[action$='/console/dispatches'] [name={name}]").fill(typed)
    press(page, "/console/dispatches")
    vehicle = page.url
    page.locator(f"form[action$='/board']:has([name=traveller][value='{companion}']) button").click()
    page.locator("#scan").fill(page.locator(f"a[href$='{case_id}'] ~ .ws-quiet").inner_text())
    press(page, "/board")
    assert page.locator("form[action$='/board'] [name=traveller]").count() == 0
    press(page, "/depart")
    page.locator(f"[name=present][value='{case_id}']").check()
    page.locator(f"[name=present][value='{companion}']").uncheck()
    press(page, "/arrive")
    assert page.locator(".ws-missing").inner_text().count("-") >= 2
    page.locator(f"[name=present][value='{companion}']").check()
    press(page, "/arrive")
    assert page.locator(".ws-missing").count() == 0
    press(page, "/acknowledge")
    assert page.url == vehicle
    page.goto(f"/console/travellers/{case_id}")
    page.locator("[name=room]").fill("1203")
    press(page, f"{case_id}/quarantine")
    assert state_of(world, case_id) == State.IN_QUARANTINE
    assert "14" in page.locator(".ws-days-left").inner_text()
    press_why(page, f"{case_id}/hold", "waits for a result")
    assert page.locator(".ws-timeline").inner_text().count("waits for a result") == 1


@pytest.fixture(scope="module")
def places(site: Site) -> dict[str, str]:
    """Every kind of page, with something on it."""
    world = World(site.wiring)
    sick = world.declare(symptoms=["fever"], no_symptoms=None, family_name="ROSSI", name_zh=None)[0]
    first = world.declare(document_number="E55555555")[0]
    world.declare(document_number="E55555555", seat="40C")
    family = world.declare(companions=(valid_companion(document_number="E55555556"),))
    for one in family:
        world.move(one, "verify", "register")
    vehicle = world.vehicle(*family, plate="渝D00001", key="pages")
    world.registered()
    road = world.departed(world.registered(), plate="渝D00002", key="road")
    return {
        "home": "/console", "search": "/console/search", "flights": "/console/flights", "onsite": "/console/onsite",
        "scan": "/console/scan", "posters": "/console/posters",
        "waiting": "/console/waiting", "zone": "/console/waiting/01", "dispatches": "/console/dispatches",
        "dispatch": f"/console/dispatches/{vehicle.dispatch_id}", "calls": "/console/calls",
        "road": f"/console/dispatches/{road.dispatch_id}", "spending": "/console/spending", "drill": "/console/drill",
        "messages": "/console/messages", "districts": "/console/districts", "district": "/console/districts/yuzhong",
        "hotels": "/console/hotels", "point": "/console/point", "templates": "/console/templates?language=ar",
        "template": "/console/templates/dispatched/family/ko",
        "travellers": "/console/travellers", "sick": f"/console/travellers/{sick}",
        "linked": f"/console/travellers/{first}", "correct": f"/console/travellers/{family[1]}/correct",
    }  # fmt: skip


LOOKS: list[dict[str, Any]] = [
    {"size": PHONE, "lang": "en", "scheme": "dark"},
    {"size": TABLET, "lang": "en", "scheme": "light"},
    {"size": DESKTOP, "lang": "zh-Hans", "scheme": "light"},
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['size'][0]}-{look['lang']}-{look['scheme']}")
def test_every_page_is_fit_for_gloves_and_readers(
    pages: Pages, site: Site, places: dict[str, str], look: dict[str, Any]
) -> None:
    page = sign_in(pages(**look), site, COORDINATOR)
    for path in places.values():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert_axe_clean(page)
        assert_fits(page)
        assert page.evaluate(SMALL) == [], path
        assert page.evaluate(CUT) == [], path


@pytest.mark.parametrize("size", [PHONE, TABLET])
@pytest.mark.parametrize("path", ["/console/officers", "/console/keys"])
def test_the_administrators_pages_fit_as_well(pages: Pages, site: Site, path: str, size: tuple[int, int]) -> None:
    key = site.wiring.gate.keys.make("coordination", None, "a test")
    site.wiring.gate.keys.withdraw(key.split("_")[1])
    site.wiring.gate.keys.make("coordination", None, "a test")
    long = Officer(officer_id=fresh(), display_name="w" * 60, desks=frozenset(DESKS), district="yuzhong")
    site.wiring.gate.links.invite(long)
    page = sign_in(pages(size=size), site, ADMIN)
    page.goto(path)
    assert_axe_clean(page)
    assert_fits(page)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("js", [True, False])
def test_on_a_phone_the_menu_says_where_one_is_and_leads_everywhere(pages: Pages, site: Site, js: bool) -> None:
    page = officer_at(pages, site, {"size": (320, 640), "js": js})
    page.goto("/console/hotels")
    assert page.locator(".ws-menu__here").inner_text() == "Hotels"
    assert page.locator(".ws-nav__list").is_hidden()
    page.locator(".ws-menu__open").click()
    assert page.locator(".ws-menu__list a").all_inner_texts() == page.locator(".ws-nav__list a").all_text_contents()
    assert_fits(page)
    assert_axe_clean(page)
    page.locator(".ws-menu__list a", has_text="Districts").click()
    page.wait_for_url("**/console/districts")


def test_where_there_is_room_the_sections_stand_in_a_line(pages: Pages, site: Site) -> None:
    page = officer_at(pages, site, {"size": DESKTOP})
    page.goto("/console/hotels")
    assert page.locator(".ws-menu").is_hidden()
    assert page.locator(".ws-nav__list [aria-current=page]").inner_text() == "Hotels"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['size'][0]}-{look['lang']}-{look['scheme']}")
def test_pages_that_answer_a_button_are_fit_too(pages: Pages, site: Site, world: World, look: dict[str, Any]) -> None:
    """What many messages cost, and a number in full."""
    point = world.ports.store.get(Point, "CKG")
    world.ports.store.commit([Save(replace(point, confirm_above=1))])
    site.wiring.places.forget()
    try:
        case_id = world.registered()
        vehicle = world.vehicle(case_id, plate=f"渝D{look['size'][0]:05d}", key=f"asked-{look}")
        board_traveller(world.ports, COORDINATOR, vehicle.dispatch_id, case_id)
        page = officer_at(pages, site, look)
        for action in ("/depart", "/number"):
            page.goto(f"/console/dispatches/{vehicle.dispatch_id}")
            press(page, action)
            assert_axe_clean(page)
            assert_fits(page)
            assert page.evaluate(SMALL) == [], action
    finally:
        standing = world.ports.store.get(Point, "CKG")
        world.ports.store.commit([Save(replace(point, version=standing.version))])
        site.wiring.places.forget()


def test_the_on_site_desk_shows_a_fever_without_being_asked(pages: Pages, site: Site, world: World) -> None:
    page = officer_at(pages, site, {"size": DESKTOP})
    page.clock.install()
    page.goto("/console/onsite")
    (case_id,) = world.declare(symptoms=["fever"], no_symptoms=None)
    assert page.locator(f"a[href$='{case_id}']").count() == 0
    page.clock.fast_forward(11_000)
    page.locator(f"a[href$='{case_id}']").wait_for()


def test_without_script_a_page_asks_again_when_told_to(pages: Pages, site: Site) -> None:
    page = officer_at(pages, site, {"size": PHONE, "js": False})
    page.goto("/console/onsite")
    with page.expect_response(lambda answer: "live=1" in answer.url) as told:
        page.locator("noscript a, [data-live-note] a").first.click()
    assert told.value.headers["refresh"] == "20"
