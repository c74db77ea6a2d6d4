"""What a traveller types is kept on the phone, and only there: through every way that a page can go away."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from chalicelib.wiring import Wiring
from tests.browser.chromium import PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import add_companion, companion, fill, go_on, main_button, open_step, speak, traveller
from tests.browser.serving import Site, database_away

FORM = "/d/CKG?flight=CA406&lang=en"
SECRET = "ZHUGE"
KEPT = "() => Object.keys(localStorage).filter(key => key.endsWith('@at')).length"


def begun(page: Page, wiring: Wiring) -> dict[str, str]:
    """A form that is filled in and not sent, with a companion; what some of its boxes hold."""
    page.goto(FORM)
    add_companion(page)
    fill(page, traveller(wiring, family_name=SECRET, companions=[companion()]))
    open_step(page, "health")
    page.locator("[name=symptoms][value=fever]").check()
    page.locator("[name=no_symptoms]").check()
    names = ("family_name", "date_of_birth.day", "nationality", "companions.0.given_names", "signature_name")
    return {name: page.locator(f"[name='{name}']").input_value() for name in names}


def assert_kept(page: Page, answers: dict[str, str]) -> None:
    """Every answer stands where it stood."""
    for name, value in answers.items():
        expect(page.locator(f"[name='{name}']")).to_have_value(value)
    expect(page.locator("[name=no_symptoms]")).to_be_checked()
    expect(page.locator("[name=symptoms][value=fever]")).not_to_be_checked()
    expect(page.locator("[name='companions.0.sex']:checked")).to_have_count(1)
    expect(page.locator(".ws-saved")).to_be_visible()


def test_typed_answers_survive_and_go_nowhere_else(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(FORM)
    expect(page.locator(".ws-saved")).to_be_hidden()
    answers = begun(page, wiring)
    assert_axe_clean(page)
    assert_fits(page)
    page.reload()
    assert_kept(page, answers)
    other = page.context.new_page()
    page.close()
    other.goto("/d/CKG")
    assert_kept(other, answers)
    speak(other, "简体中文")
    other.wait_for_url("**lang=zh-Hans#step-health")
    assert_kept(other, answers)
    other.goto("/verify")
    other.go_back()
    assert_kept(other, answers)
    assert not [address for address in asked if SECRET in address.upper()]


def test_an_error_and_a_database_that_is_away_keep_the_draft_too(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages()
    answers = begun(page, wiring)
    open_step(page, "flight")
    page.locator("[name='arrival_date.day']").fill("99")
    go_on(page, "/check")
    assert_kept(page, answers)
    page.locator("[name=seat]").fill("7C")
    with database_away(site):
        main_button(page).click()
        page.locator("h1", has_text="Not saved yet").wait_for()
    page.goto(FORM)
    assert_kept(page, {**answers, "seat": "7C", "arrival_date.day": "99"})


def test_the_draft_goes_with_the_receipt_with_clearing_and_with_its_day(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    page.goto(FORM)
    fill(page, traveller(wiring))
    go_on(page, "/check")
    assert page.evaluate(KEPT) == 1
    go_on(page, "/p/")
    page.wait_for_function(KEPT.replace("length", "length === 0"))
    begun(page, wiring)
    page.get_by_text("Clear my answers").click()
    assert_axe_clean(page)
    page.get_by_role("button", name="Clear everything").click()
    expect(page.locator("[name=family_name]")).to_have_value("")
    expect(page.locator(".ws-saved")).to_be_hidden()
    page.locator("[name=family_name]").fill(SECRET)
    later = page.context.new_page()
    page.close()
    later.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=25))
    later.goto(FORM)
    expect(later.locator("[name=family_name]")).to_have_value("")
    assert later.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('ws.draft:')).length") == 0


def test_pages_from_before_show_nothing_after_clearing(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    begun(page, wiring)
    open_step(page, "flight")
    page.locator("[name='arrival_date.day']").fill("99")
    go_on(page, "/check")
    page.get_by_text("Clear my answers").click()
    page.get_by_role("button", name="Clear everything").click()
    page.wait_for_url(re.compile("/d/CKG[?]lang=en$"))
    page.go_back()
    page.wait_for_url(re.compile("/d/CKG[?]lang=en$"))
    expect(page.locator("[name=family_name]")).to_have_value("")


def test_two_tabs_share_one_draft_question_by_question(pages: Pages) -> None:
    one = pages(size=PHONE)
    one.goto(FORM)
    one.locator("[name=family_name]").fill("LI")
    two = one.context.new_page()
    two.goto(FORM)
    expect(two.locator("[name=family_name]")).to_have_value("LI")
    add_companion(two)
    two.locator("[name='companions.0.family_name']").fill("MEI")
    open_step(one, "flight")
    one.locator("[name=seat]").fill("7C")
    expect(two.locator("[name=seat]")).to_have_value("7C")
    expect(one.locator("[name='companions.0.family_name']")).to_have_value("MEI")
    expect(one.get_by_text("open twice on this phone")).to_be_visible()
    open_step(two, "flight")
    two.locator("[name=seat]").fill("8A")
    one.reload()
    for name, value in {"family_name": "LI", "seat": "8A", "companions.0.family_name": "MEI"}.items():
        expect(one.locator(f"[name='{name}']")).to_have_value(value)


def test_a_companion_taken_away_stays_away(pages: Pages) -> None:
    page = pages()
    page.goto(FORM)
    for place, name in enumerate(["ANNA", "BEN", "CLARA"]):
        add_companion(page)
        page.locator(f"[name='companions.{place}.family_name']").fill(name)
    page.locator("button[value='remove:companions.1']").click()
    expect(page.locator("#companions > fieldset")).to_have_count(2)
    page.reload()
    expect(page.locator("#companions > fieldset")).to_have_count(2)
    expect(page.locator("[name='companions.0.family_name']")).to_have_value("ANNA")
    expect(page.locator("[name='companions.1.family_name']")).to_have_value("CLARA")
    expect(page.locator("#companions > fieldset").last).to_contain_text("Companion 2")
    for _ in range(6):
        add_companion(page)
    expect(page.locator("button[value='add:companions']")).to_be_hidden()


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_where_the_phone_keeps_nothing_the_form_works_as_before(pages: Pages, wiring: Wiring, lang: str) -> None:
    page = pages(lang=lang)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }})")
    page.goto(f"/d/CKG?flight=CA406&lang={lang}")
    fill(page, traveller(wiring))
    expect(page.locator(".ws-saved")).to_be_hidden()
    speak(page, "简体中文" if lang == "en" else "English")
    page.wait_for_url("**/edit?*lang=*")
    go_on(page, "/check")
    go_on(page, "/p/")
