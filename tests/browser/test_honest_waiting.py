"""Sending says how it goes: under way, slow, not sent, received; and never sends by the wrong button or twice."""

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.domain.case import Case
from chalicelib.wiring import Wiring
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import fill, go_on, main_button, traveller

SEND = "**/d/CKG/submit**"


def checked(page: Page, wiring: Wiring) -> str:
    """The page to check, one press before sending; the key that it would be sent with."""
    page.goto("/d/CKG?flight=CA406&lang=en")
    fill(page, traveller(wiring))
    go_on(page, "/check")
    return page.locator("[name=_key]").input_value()


def test_slow_and_failed_are_told_apart_and_once_is_once(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    page.clock.install()
    key = checked(page, wiring)
    held: list[Route] = []
    page.route(SEND, lambda route: held.append(route))
    # What is said moves the button from under a second press, so both are made at once.
    main_button(page).evaluate("button => { button.click(); button.click(); }")
    said = page.locator(".ws-waiting")
    expect(said).to_contain_text("Sending")
    assert_axe_clean(page)
    page.clock.run_for(7_000)
    expect(said).to_contain_text("Still trying")
    assert_axe_clean(page)
    assert len(held) == 1
    held.pop().abort()
    expect(said).to_contain_text("Your answers are kept on this phone")
    expect(said).to_be_focused()
    assert_axe_clean(page)
    assert_fits(page)
    # The answer is lost after the declaration was kept: pressing again finds the same one.
    page.unroute(SEND)
    page.route(SEND, lambda route: (route.fetch(), route.abort()))
    main_button(page).click()
    expect(said).to_contain_text("Sending")
    expect(said).to_contain_text("Not sent")
    page.unroute(SEND)
    assert page.locator("[name=_key]").input_value() == key
    go_on(page, "/p/")
    case = wiring.store.get(Case, wiring.passes.read(page.url.rpartition("/")[2]).case_id)
    assert (case.declarations, case.party) == (1, (case.case_id,))


def test_the_reference_is_shown_once_it_is_kept_whatever_becomes_of_the_pass(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    checked(page, wiring)
    # An answer without a page leaves the browser where it is.
    page.route("**/p/*", lambda route: route.fulfill(status=204))
    main_button(page).click()
    reference = page.locator(".ws-receipt .ws-reference")
    reference.wait_for()
    assert_axe_clean(page)
    assert_fits(page)
    shown = reference.inner_text()
    page.unroute("**/p/*")
    page.get_by_role("link", name="Open your pass").click()
    page.wait_for_url("**/p/*")
    expect(page.locator(".ws-pass__ref .ws-reference")).to_have_text(shown)


def test_answers_that_were_changed_after_sending_are_another_declaration(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    key = checked(page, wiring)
    page.route(SEND, lambda route: route.abort())
    main_button(page).click()
    expect(page.locator(".ws-waiting")).to_contain_text("Not sent")
    page.locator("button[formaction$='#step-contact']").click()
    page.wait_for_url("**/edit?lang=en#step-contact")
    page.unroute(SEND)
    go_on(page, "/check")
    assert page.locator("[name=_key]").input_value() != key


@pytest.mark.parametrize("old", [True, False])
def test_no_other_button_sends(pages: Pages, wiring: Wiring, old: bool) -> None:
    page = pages()
    if old:  # browsers that do not say which button was pressed
        page.add_init_script("delete SubmitEvent.prototype.submitter")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    checked(page, wiring)
    page.locator("button[formaction$='#step-flight']").click()
    page.wait_for_url("**/edit?lang=en#step-flight")
    assert not [address for address in sent if "/submit" in address]
