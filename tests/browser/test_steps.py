"""The form one step at a time: what is shown, what Continue sees for itself, and every way from one step to another."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.domain.errors import Invalid
from chalicelib.intake import forms
from chalicelib.intake.foreseen import FORESEEN
from chalicelib.intake.posted import nest
from chalicelib.intake.presentation import error_summary
from chalicelib.intake.validate import validate
from chalicelib.web.traveller.sheet import sheet_at
from chalicelib.wiring import Wiring
from tests.browser.bundles import module
from tests.browser.chromium import DESKTOP, PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import add_companion, fill, go_on, main_button, open_step, speak, traveller

FORM = forms.load("arrival", 1)
SMALL = (320, 568)
ADDRESS = "/d/CKG?flight=CA406&lang={}"
TYPED = "() => Array.from(new FormData(document.getElementById('declaration')))"
SEEN = """() => { const form = document.getElementById("declaration");
  return checks.faultsIn(form, form).map(({ said }) => said); }"""
VISIBLE = """() => Array.from(document.querySelectorAll(".ws-step[id]"))
  .filter(step => step.checkVisibility() && step.firstElementChild.checkVisibility()).map(step => step.id)"""


def faults(page: Page, language: str) -> list[str]:
    """What the server says of what stands in the page, as far as a phone can see it too."""
    sheet = sheet_at("CKG", language)
    try:
        validate(FORM, nest(FORM, page.evaluate(TYPED)), sheet.context)
    except Invalid as invalid:
        foreseen = [error for error in invalid.errors if error.code in FORESEEN]
        return [said for _, said in error_summary(FORM, language, foreseen)]
    return []


def shown(page: Page) -> list[str]:
    """The steps that are in sight."""
    found: list[str] = page.evaluate(VISIBLE)
    return found


@pytest.mark.parametrize(("size", "lang"), [(SMALL, "en"), (PHONE, "ar"), (DESKTOP, "zh-Hans")])
def test_one_step_is_shown_and_continue_says_what_is_missing(
    pages: Pages, wiring: Wiring, size: tuple[int, int], lang: str
) -> None:
    page, answers = pages(size=size, lang=lang), traveller(wiring)
    page.goto(ADDRESS.format(lang))
    assert shown(page) == ["step-person"]
    missing = faults(page, lang)
    main_button(page).click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    said = summary.locator("a").all_text_contents()
    assert said == missing[: len(said)]
    assert len(said) == 8
    expect(page.locator("#step-person .govuk-error-message")).to_have_count(len(said))
    assert_axe_clean(page)
    assert_fits(page)
    summary.locator("a[href^='#date_of_birth-']").click()
    expect(page.locator(f"#{page.evaluate('document.activeElement.id')}[name^='date_of_birth']")).to_be_focused()
    fill(page, {name: answers[name] for name in FORM.sections[0].fields})
    main_button(page).click()
    heading = page.locator("#title-flight")
    expect(heading).to_be_focused()
    expect(heading).to_have_attribute("aria-describedby", "number-flight")
    expect(page.locator("#number-flight")).to_have_text(re.compile("2.*10|10.*2"))
    expect(page).to_have_title(re.compile(FORM.texts(lang).section("flight").title))
    expect(summary).to_have_count(0)
    expect(page.locator(".govuk-error-message")).to_have_count(0)
    assert shown(page) == ["step-flight"]
    assert_axe_clean(page)
    assert_fits(page)


def test_the_address_tells_the_step_and_a_draft_comes_back_to_it(pages: Pages, wiring: Wiring) -> None:
    page, answers = pages(), traveller(wiring)
    page.goto(ADDRESS.format("en"))
    fill(page, {name: answers[name] for name in [*FORM.sections[0].fields, *FORM.sections[1].fields, "phone"]})
    assert shown(page) == ["step-contact"]
    page.go_back()
    page.locator("#step-flight").wait_for()
    page.go_forward()
    page.locator("#step-contact").wait_for()
    page.reload()
    assert shown(page) == ["step-contact"]
    page.goto("/verify")
    page.goto(ADDRESS.format("en"))
    assert shown(page) == ["step-contact"]
    speak(page, "العربية")
    page.wait_for_url("**lang=ar#step-contact")
    assert shown(page) == ["step-contact"]
    page.locator("[data-back]").click()
    page.locator("#step-flight").wait_for()
    expect(page.locator("[name=flight_number]")).to_have_value("CA406")
    page.evaluate("() => document.getElementById('step-care').dispatchEvent(new Event('beforematch', {bubbles: true}))")
    assert shown(page) == ["step-care"]
    page.emulate_media(media="print")
    assert len(shown(page)) == len(FORM.sections)


def test_with_the_keyboard_alone_and_on_one_page(pages: Pages) -> None:
    page = pages(size=DESKTOP)
    page.goto(ADDRESS.format("en"))
    open_step(page, "flight")
    page.locator("[name='arrival_date.day']").focus()
    for part in ("27", "11", "2026"):
        page.keyboard.type(part)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#title-contact")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-view=whole]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#title-flight")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#title-flight")).to_be_focused()
    assert len(shown(page)) == len(FORM.sections)
    page.reload()
    assert len(shown(page)) == len(FORM.sections)
    assert_axe_clean(page)
    go_on(page, "/check")
    expect(page.locator("[data-error-summary] a").first).to_have_text("Enter the family name")
    assert len(shown(page)) == len(FORM.sections)
    page.locator("[data-view=steps]").click()
    assert len(shown(page)) == 1


def test_what_the_server_finds_opens_its_step_and_goes_straight_back(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    page.goto(ADDRESS.format("en"))
    fill(page, traveller(wiring, flight_number="X", signature_name="L1"))
    go_on(page, "/check")
    assert shown(page) == ["step-flight"]
    links = page.locator("[data-error-summary] a")
    expect(links).to_have_count(2)
    links.last.click()
    expect(page.locator("[name=signature_name]")).to_be_focused()
    page.locator("[name=signature_name]").fill("LI")
    links.first.click()
    expect(page.locator("[name=flight_number]")).to_be_focused()
    page.locator("[name=flight_number]").fill("CA406")
    main_button(page).click()
    page.locator("button[formaction$='#phone']").click()
    page.wait_for_url("**/edit?lang=en#phone")
    assert shown(page) == ["step-contact"]
    expect(page.locator("[name=phone]")).to_be_focused()
    expect(page.locator("[name=phone]")).to_be_in_viewport()
    page.locator("[name=phone]").fill("")
    main_button(page).click()
    expect(page.locator("[data-error-summary] a")).to_have_text(["Enter the phone number"])
    page.locator("[name=phone]").fill("+44 7911 123456")
    main_button(page).click()
    page.wait_for_url("**/check?lang=en")
    expect(page.locator(".ws-data__value--large").first).to_have_text("+44 7911 123456")


def test_a_form_of_one_step_has_none(pages: Pages) -> None:
    page = pages()

    def shorten(route: Any) -> None:
        body = re.sub(
            r'<section class="ws-step" id="step-(?!flight).*?</section>', "", route.fetch().text(), flags=re.S
        )
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route("**/d/CKG?*", shorten)
    page.goto(ADDRESS.format("en"))
    expect(page.locator(".ws-saved")).to_be_hidden()
    assert shown(page) == ["step-flight"]
    expect(page.locator(".ws-steps")).to_be_hidden()
    main_button(page).click()
    page.wait_for_url("**/check?lang=en")


CONTACT = {"name": "LI", "relation": "x", "phone": "139 0013 9000"}
HALF: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a contact by name": {"family_contacts": [{"name": "LI"}]},
    "a contact and nobody": {"family_contacts": [CONTACT], "no_family_contact": True},
    "nobody": {"no_family_contact": True},
    "no household here": {"household_registration": "none", "no_symptoms": True},
    "a household": {"household_registration": "yuzhong", "symptoms": ["fever"]},
    "a place": {"places_14d": [{"city": " Rome "}]},
    "a companion": {"companions": [{"seat": "7C", "symptoms": ["fever"]}]},
    "blanks": {"family_name": " \u3000 ", "companions": [{"seat": "\u3000"}]},
}  # fmt: skip
"""Answers as far as somebody got."""


@pytest.mark.parametrize(("lang", "cases"), [("en", [*HALF]), ("zh-Hans", ["nothing"]), ("ar", ["a companion"])])
def test_a_phone_sees_what_the_server_sees_in_its_words(pages: Pages, lang: str, cases: list[str]) -> None:
    page, checks = pages(lang=lang), module("traveller/step_checks.js", "checks")
    page.add_init_script("localStorage.clear(); localStorage.setItem('ws.whole', 'true')")
    for case in cases:
        page.goto(ADDRESS.format(lang))
        if "companions" in HALF[case]:
            add_companion(page)
        fill(page, HALF[case])
        if case == "nothing":
            page.locator("[name='date_of_birth.day']").fill("7")
        page.evaluate(f"() => {{ {checks} }}")
        seen = page.evaluate(SEEN)
        assert seen == faults(page, lang), case
        assert len(seen) > 10
