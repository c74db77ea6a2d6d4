"""The officers' pages for `make sheet`: full, empty and refusing."""

from functools import partial

from playwright.sync_api import Page

from chalicelib.domain.identifiers import reference
from chalicelib.domain.officers import Officer
from tools.sheet_people import People
from tools.sheet_shot import Act, Shot, sent, typed

ADMIN = Officer(officer_id="c00rd1nat0r", display_name="王芳", desks=frozenset({"coordination", "admin"}))
"""Who sees every page."""


def console_pages(people: People, link: str) -> list[Shot]:
    """Every page of the console; ``link`` is an unused one-time link's path."""
    at = "/console/travellers/"
    states = [Shot(f"case-{state}", at + case.case_id, officer=True) for state, case in people.of.items()]
    vehicles = [
        Shot(f"vehicle-{state}", f"/console/dispatches/{one.dispatch_id}", officer=True)
        for state, one in people.vehicle.items()
    ]
    day = people.today
    named = {
        "home": "", "search": "/search", "scan": "/scan", "onsite": "/onsite", "waiting": "/waiting",
        "zone": "/waiting/01", "zone-empty": "/waiting/05", "travellers": "/travellers",
        "travellers-none": "/travellers?state=exempt&flight=XX1",
        "dispatches": "/dispatches", "dispatches-none": "/dispatches?date=2026-01-01", "calls": "/calls",
        "checkins": "/checkins",
        "entries": f"/entries?source=paper&flight=CA406&date={day}",
        "messages": "/messages", "messages-none": "/messages?state=unknown", "districts": "/districts",
        "district": "/districts/yuzhong", "hotels": "/hotels", "flights": "/flights",
        "flights-none": "/flights?date=2026-01-01", "flight": f"/flights/{day}/CA406",
        "spending": "/spending", "drill": "/drill", "posters": "/posters",
        "texts": "/templates", "officers": "/officers", "keys": "/keys",
        "unknown": "/travellers/NOPE",
        "case-sick": f"/travellers/{people.sick}",
        "case-linked": f"/travellers/{people.first}", "case-held": f"/travellers/{people.held}",
        "correct": f"/travellers/{people.first}/correct",
    }  # fmt: skip
    pages = [Shot(name, f"/console{path}", officer=True) for name, path in named.items()]
    return [
        Shot("sign-in", "/console/sign-in"),
        Shot("sign-in-wrong", "/console/sign-in", partial(typed, answers={"username": "wang", "password": "x"})),
        Shot("set-up", link),
        Shot("set-up-wrong", link, partial(typed, answers={"username": "w", "password": "short"})),
        Shot("set-up-used", "/console/setup/used"),
        *pages, *states, *vehicles, *_refused(people),
    ]  # fmt: skip


def _refused(people: People) -> list[Shot]:
    case, received = (f"/console/travellers/{people.of[state].case_id}" for state in ("declared", "received"))
    acts: dict[str, tuple[str, Act]] = {
        "menu": ("/console/hotels", _open_menu),
        "search-empty": ("/console/search", partial(_sought, words=" ")),
        "search-nobody": ("/console/search", partial(_sought, words="ZZ999999")),
        "search-several": ("/console/search", partial(_sought, words="LI")),
        "scan-valid": ("/console/scan", partial(_scanned, code=reference(people.first))),
        "scan-not-valid": ("/console/scan", partial(_scanned, code="CA406")),
        "refused-stale": (case, _stale),
        "refused-reason": (case, partial(_posted, action="/refer")),
        "refused-zone": ("/console/waiting/01", partial(_posted, action="/console/dispatches")),
        "refused-entry": ("/console/entries", partial(_posted, action="/console/entries")),
        "refused-flight": ("/console/flights", partial(_posted, action="/console/flights")),
        "refused-hotel": ("/console/hotels", partial(_posted, action="/console/hotels")),
        "refused-officer": ("/console/officers", partial(_posted, action="/console/officers")),
        "refused-key": ("/console/keys", _key_without_district),
        "refused-quarantine": (received, _home_without_address),
        "new-officer": ("/console/officers", _invited),
    }
    return [Shot(name, path, act, officer=True) for name, (path, act) in acts.items()]


def _open_menu(page: Page) -> None:
    """On a phone; at a desk there is none."""
    if page.locator(".ws-menu__open").is_visible():
        page.locator(".ws-menu__open").click()


def _sought(page: Page, words: str) -> None:
    page.locator("#q").fill(words)
    sent(page, "form[role=search]")


def _scanned(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    page.locator("#verdict:is([data-kind=good], [data-kind=bad])").wait_for()


def _posted(page: Page, action: str) -> None:
    """A form as it stands, out of the fold that it may lie in."""
    form = f"main form[action$='{action}']"
    page.locator(form).last.evaluate("form => { const fold = form.closest('details'); if (fold) fold.open = true; }")
    sent(page, form)


def _stale(page: Page) -> None:
    page.locator("form[action$='/verify'] [name=etag]").first.evaluate("box => { box.value = '0' }")
    sent(page, "form[action$='/verify']")


def _key_without_district(page: Page) -> None:
    page.locator("[name=desk]").select_option("district")
    sent(page, "form[action$='/console/keys']")


def _home_without_address(page: Page) -> None:
    page.locator("[name=kind][value=home]").check()
    page.locator("[name=address]").fill("")
    sent(page, "form[action$='/quarantine']")


def _invited(page: Page) -> None:
    page.locator("[name=display_name]").fill("陈杰")
    page.locator("[name=desks][value=onsite]").check()
    sent(page, "form[action$='/console/officers']")
