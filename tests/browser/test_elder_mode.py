"""Elder mode by one switch: larger type, one question at a time, plainer words; kept for the pass; without script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.intake import forms
from chalicelib.intake.posted import flatten
from chalicelib.wiring import Wiring
from tests.browser.chromium import PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import companion, declared, fill_in, go_on, main_button, traveller
from tests.browser.serving import Site
from tests.browser.test_steps import ADDRESS, SMALL
from tests.browser.test_traveller_form import case_of

FORM = forms.load("arrival", 1)
SIZE = "() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
ASKED = """() => Array.from(document.querySelectorAll("#declaration [name]:not([type=hidden])"))
  .filter(box => box.checkVisibility() && !box.closest("[hidden]") && box.tagName !== "BUTTON")
  .map(box => box.name)"""


def asked(page: Page) -> set[str]:
    """The questions that are in sight, dates as one, with the boxes for a document's lines left out."""
    names = page.evaluate(ASKED)
    return {re.sub(r"\.(day|month|year)$", "", name) for name in names if not name.startswith("_")}


@pytest.mark.parametrize(("lang", "size"), [("en", SMALL), ("ar", PHONE), ("zh-Hans", PHONE)])
def test_one_switch_makes_it_larger_and_asks_one_by_one(pages: Pages, lang: str, size: tuple[int, int]) -> None:
    page = pages(lang=lang, size=size)
    page.goto(ADDRESS.format(lang))
    usual = page.evaluate(SIZE)
    page.locator("main .ws-mode").click()
    page.wait_for_url("**&mode=elder#step-person")
    assert page.evaluate(SIZE) > usual * 1.2
    assert asked(page) == {"family_name"}
    words = FORM.texts(lang).field("family_name")
    expect(page.locator("label[for=family_name]")).to_have_text(words.plain or words.label)
    main_button(page).click()
    expect(page.locator("[data-error-summary] a")).to_have_count(1)
    assert_axe_clean(page)
    assert_fits(page)
    page.locator("[name=family_name]").fill("LI")
    main_button(page).press("Enter")
    expect(page.locator("label[for=given_names]")).to_be_focused()
    assert asked(page) == {"given_names"}
    assert_axe_clean(page)
    page.go_back()
    page.locator("[name=family_name]").wait_for()
    page.goto(ADDRESS.format(lang))
    page.wait_for_url("**&mode=elder*")
    expect(page.locator("[name=family_name]")).to_have_value("LI")
    page.locator("footer .ws-mode").click()
    page.wait_for_url(re.compile(f"lang={lang}#step-person$"))
    assert {"family_name", "given_names", "sex"} <= asked(page)
    page.goto(ADDRESS.format(lang))
    assert page.evaluate(SIZE) == usual


MOST = 70
"""Questions of one traveller and one companion, and some."""


def walk(page: Page, answers: dict[str, Any]) -> list[set[str]]:
    """Answer question by question, with one companion, as far as the signature; what was asked at once each time."""
    given: dict[str, list[str]] = {}
    for name, value in flatten(answers):
        given.setdefault(name, []).append(value)
    steps = []
    for _ in range(MOST):
        steps.append(asked(page))
        for name in sorted(steps[-1]):
            for value in given.get(name, []):
                fill_in(page, name, value)
        if "signature_name" in steps[-1]:
            break
        here = page.url
        add = page.locator("button[value='add:companions']")
        more = add if add.is_visible() and {"companions.0.relation"} not in steps else main_button(page)
        more.click()
        page.wait_for_function("here => location.href !== here", arg=here)
    return steps


def test_a_family_declares_one_question_at_a_time_and_keeps_the_mode(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    page.goto(ADDRESS.format("en") + "&mode=elder")
    steps = walk(page, traveller(wiring, companions=[companion()]))
    assert {"signature_name"} in steps
    assert {"companions.0.special_care_note"} in steps
    together = [step for step in steps if len(step) > 1]
    assert together == [{"symptoms", "no_symptoms"}, {"companions.0.symptoms", "companions.0.no_symptoms"}]
    assert {"family_contacts.1.name"} in steps
    assert {"family_contacts.1.relation"} not in steps
    go_on(page, "/check")
    large = page.evaluate(SIZE)
    assert_axe_clean(page)
    assert_fits(page)
    page.locator("button[formaction$='#step-contact']").click()
    page.wait_for_url("**/edit?lang=en#step-contact")
    assert asked(page) == {"phone"}
    go_on(page, "/check")
    page.locator("button[formaction$='#companions-0-given_names']").click()
    page.wait_for_url("**/edit?lang=en#companions-0-given_names")
    assert asked(page) == {"companions.0.given_names"}
    go_on(page, "/check")
    go_on(page, "/p/")
    assert len(case_of(wiring, page.url).party) == 2
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    assert_axe_clean(page)
    assert_fits(page)
    page.locator("footer .ws-mode").click()
    page.wait_for_url("**mode=usual")
    assert page.locator("html").get_attribute("data-mode") is None
    page.goto("/verify")
    assert page.evaluate(SIZE) < large


def test_without_script_it_is_larger_and_plainer_and_stays_so(pages: Pages, wiring: Wiring) -> None:
    page = pages(js=False)
    page.goto(ADDRESS.format("zh-Hans"))
    page.locator("main .ws-mode").click()
    page.wait_for_url("**mode=elder")
    expect(page.locator("label[for=family_name]")).to_have_text(FORM.texts("zh-Hans").field("family_name").plain)
    go_on(page, "/check")
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    expect(page.locator("[data-error-summary] a").first).to_be_visible()
    page.locator("main .ws-mode").click()
    page.wait_for_url("**/edit?lang=zh-Hans&mode=usual")
    assert page.locator("html").get_attribute("data-mode") is None
    page.goto("/verify")
    assert page.locator("html").get_attribute("data-mode") is None


LOOK = """selector => { const look = getComputedStyle(document.querySelector(selector));
  return [look.color, look.borderTopWidth, look.backgroundColor]; }"""
MOVING = """() => Array.from(document.querySelectorAll("*"))
  .filter(one => parseFloat(getComputedStyle(one).transitionDuration)).length"""


def test_the_system_is_followed(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(scheme="dark")
    page.goto(declared(site, traveller(wiring)))
    quiet, _, _ = page.evaluate(LOOK, ".ws-footer")
    assert quiet != page.evaluate(LOOK, "body")[0]
    page.emulate_media(contrast="more", reduced_motion="reduce")
    assert page.evaluate(LOOK, ".ws-footer")[0] == page.evaluate(LOOK, "body")[0]
    assert_axe_clean(page)
    assert page.evaluate(MOVING) == 0
    page.emulate_media(forced_colors="active", contrast="more")
    assert page.evaluate(LOOK, ".ws-pass__code")[2] == "rgb(255, 255, 255)"
    assert page.evaluate(LOOK, ".ws-pass__zone")[1] == "2px"
    page.goto(ADDRESS.format("en"))
    assert page.evaluate(LOOK, "[data-sending]")[1] == "2px"
