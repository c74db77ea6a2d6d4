"""An officer at a keyboard enters a sheet of paper; and the paper itself."""

import re

import pytest
from playwright.sync_api import Page

from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.intake.forms import load
from tests.browser.chromium import DESKTOP, Pages, assert_axe_clean, assert_fits
from tests.browser.officers import sign_in
from tests.browser.serving import POINT, Site
from tests.web.console.world import COORDINATOR, World

SPACE, DOWN, TAB = "Space", "ArrowDown", "Tab"
TYPED = {
    "family_name": "KEYES", "given_names": "BORD", "date_of_birth": "19840327", "nationality": "GB",
    "document_number": "GB7004411", "document_country": "GB", "seat": "32A", "phone": "+8613800138000",
    "household_registration": "yuzhong", "destination_district": "yuzhong", "destination_address": "民权路1号",
}  # fmt: skip
PRESSED = {
    "sex": (SPACE,), "document_type": (SPACE,), "no_symptoms": (SPACE,), "fever_medicine_72h": (DOWN,),
    "contact_with_case": (DOWN,), "positive_test_14d": (DOWN,), "no_family_contact": (SPACE,),
    "consent_sensitive": (SPACE,), "commitment": (SPACE,),
}  # fmt: skip
"""Keys on what is not typed: a choice's first answer is a space away, its second an arrow."""


@pytest.fixture
def world(site: Site) -> World:
    """Travellers of the served product."""
    return World(site.wiring)


def by_keyboard(page: Page) -> list[str]:
    """From the first box to the last with the Tab key, which is where a hand stays; answers the stops."""
    stops: list[str] = []
    while "signature_name" not in stops:
        name = str(page.evaluate("() => document.activeElement.name || ''"))
        stops.append(name)
        assert len(stops) < 120, stops
        if stops[-1] in TYPED and stops.count(name) == 1:
            page.keyboard.type(TYPED[name])
        for key in PRESSED.get(name, ()) if stops.count(name) == 1 else ():
            page.keyboard.press(key)
        page.keyboard.press(TAB)
    return stops


def test_a_person_is_entered_with_the_keyboard_alone(pages: Pages, site: Site, world: World) -> None:
    page = sign_in(pages(size=DESKTOP), site, COORDINATOR)
    page.goto("/console/entries?source=paper&flight=CA406")
    assert_axe_clean(page)
    assert_fits(page)
    stops = by_keyboard(page)
    order = [name for name in load("arrival", 1).fields if name in {*TYPED, *PRESSED}]
    assert [name for name in dict.fromkeys(stops) if name in {*TYPED, *PRESSED}] == order
    with page.expect_navigation():
        page.keyboard.press("Enter")  # where the focus stands: on the button that saves
    shown = page.locator(".ws-notice").inner_text()
    found = find_travellers(
        world.ports, COORDINATOR, world.ports.places.point(POINT), Query("document_number", TYPED["document_number"])
    )
    assert [case.reference in shown for case in found] == [True]
    assert (found[0].source, found[0].answers["date_of_birth"]) == ("paper", "1984-03-27")
    assert found[0].answers["positive_test_14d"] == "no"
    assert page.evaluate("() => document.activeElement.name") == "family_name"
    assert page.locator("[name=flight_number]").input_value() == "CA406"
    assert found[0].reference in page.locator("#entered ~ table").inner_text()
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary").wait_for()
    assert_axe_clean(page)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ar", "th"])
def test_the_sheet_of_paper_prints_on_a_few_pages_of_a4(pages: Pages, language: str) -> None:
    page = pages(size=DESKTOP, lang=language)
    page.goto(f"/forms/arrival/print?point={POINT}&lang={language}")
    assert_axe_clean(page)
    assert_fits(page)
    printed = page.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed))
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}, sizes
    assert printed.count(b"/Type /Page\n") <= 5
