"""A declaration without a network: read back, signed, waiting where it was typed, and one declaration in the end."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from chalicelib.domain.case import Case
from chalicelib.wiring import Wiring
from tests.browser.bundles import module
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import add_companion, companion, declared, fill, go_on, main_button, open_step, traveller
from tests.browser.serving import Site
from tests.browser.test_never_lost import KEPT
from tests.browser.test_no_network import FORM, opened, until

SEND = "**/d/CKG/submit**"
RECORDS = """() => new Promise((done, failed) => {
  const asked = indexedDB.open("waystation", 1);
  asked.onerror = failed;
  asked.onsuccess = () => {
    const all = asked.result.transaction("unsent").objectStore("unsent").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
})"""


def ready(page: Page, path: str = FORM) -> None:
    """The form, with all that waiting takes."""
    opened(page, path)
    page.locator("#unsent").wait_for(state="attached")


def at_check(page: Page, answers: dict[str, Any]) -> None:
    """The page to check, with all that waiting takes."""
    ready(page)
    fill(page, answers)
    go_on(page, "/check")
    page.locator("#unsent").wait_for(state="attached")


def press_last(page: Page) -> None:
    """Continue, at the last step."""
    open_step(page, "signature")
    main_button(page).click()


def case_of(wiring: Wiring, page: Page) -> Case:
    """The case whose pass is shown."""
    return wiring.store.get(Case, wiring.passes.read(urlsplit(page.url).path.rpartition("/")[2]).case_id)


def test_without_a_network_it_is_read_back_signed_and_arrives_by_itself(pages: Pages, wiring: Wiring) -> None:
    page = pages(worker=True)
    ready(page)
    page.context.set_offline(True)
    page.reload()
    page.locator("#unsent").wait_for(state="attached")
    add_companion(page)
    answers = traveller(wiring, companions=[companion()])
    fill(page, {**answers, "seat": ""})
    open_step(page, "person")
    page.locator("[name=family_name]").fill("")
    press_last(page)
    # What a phone can see for itself is said here too, of every step.
    page.locator("[data-error-summary] a", has_text="Enter the family name").click()
    page.locator("[name=family_name]").fill("LI")
    press_last(page)
    read = page.locator("#unsent")
    expect(read).to_be_focused()
    expect(read.get_by_role("heading", name="check your answers here")).to_be_in_viewport()
    expect(read.locator(".ws-data__value", has_text=answers["document_number"])).to_have_count(1)
    expect(read.locator(".ws-data__value", has_text="27 3 1984")).to_have_count(1)
    expect(read.get_by_role("heading", name="Companion 1")).to_be_visible()
    assert_axe_clean(page)
    assert_fits(page)
    read.get_by_role("button", name="Change my answers").click()
    open_step(page, "flight")
    page.locator("[name=seat]").fill("7C")
    press_last(page)
    read.get_by_role("button", name="Sign, and send").click()
    expect(read.get_by_role("heading", name="Waiting on this phone: 1 of 1")).to_be_visible()
    expect(read).to_contain_text("no answer has come")
    expect(page.locator("#declaration")).to_be_hidden()
    assert_axe_clean(page)
    assert_fits(page)
    page.context.set_offline(False)
    page.wait_for_url("**/p/*")
    case = case_of(wiring, page)
    assert (case.answers["seat"], len(case.party), case.declarations) == ("7C", 2, 1)
    until(page, RECORDS, [])
    page.goto(FORM)
    page.locator("#unsent").wait_for(state="attached")
    expect(page.locator("#unsent")).to_be_hidden()
    expect(page.locator("[name=family_name]")).to_have_value("")


def test_a_killed_tab_a_lost_answer_and_two_tabs_make_one_declaration(pages: Pages, wiring: Wiring) -> None:
    page = pages(worker=True)
    # Routes do not see what the worker sends, which would be first.
    page.context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    at_check(page, traveller(wiring))
    other = page.context.new_page()
    ready(other)
    expect(other.locator("[name=family_name]")).to_have_value("LI")
    key = page.locator("[name=_key]").input_value()
    page.context.set_offline(True)
    main_button(page).evaluate("button => { button.click(); button.click(); }")
    expect(page.get_by_role("heading", name="Waiting on this phone: 1 of 1")).to_be_visible()
    assert_axe_clean(page)
    # The other tab shows it too, and the form is free for another person.
    expect(other.get_by_role("heading", name="Waiting on this phone: 1 of 1")).to_be_visible()
    expect(other.locator("[name=family_name]")).to_have_value("")
    assert [one["key"] == key and f"_key={key}" in one["body"] for one in page.evaluate(RECORDS)] == [True]
    page.go_back()
    expect(page.locator("[name=family_name]")).to_have_value("")
    page.close()
    receipts: list[str] = []

    def kept_and_lost(route: Route) -> None:
        receipts.append(route.fetch().text())
        route.abort()

    other.context.route(SEND, kept_and_lost)
    with other.expect_event("requestfailed"):
        other.context.set_offline(False)
    expect(other.locator("#unsent")).to_contain_text("No answer yet. Next try")
    other.context.unroute(SEND)
    other.get_by_role("button", name="Send now").click()
    other.wait_for_url("**/p/*")
    assert receipts
    assert all(urlsplit(other.url).path in receipt for receipt in receipts)
    assert case_of(wiring, other).declarations == 1


def test_what_is_refused_comes_back_with_every_answer_and_what_to_correct(pages: Pages, wiring: Wiring) -> None:
    page = pages(worker=True)
    ready(page)
    fill(page, traveller(wiring, family_name="ZHUGE", flight_number="X"))
    page.context.set_offline(True)
    press_last(page)
    page.get_by_role("button", name="Sign, and send").click()
    expect(page.get_by_role("heading", name="Waiting on this phone: 1 of 1")).to_be_visible()
    page.get_by_role("link", name="Fill in another declaration").click()
    open_step(page, "person")
    page.locator("[name=family_name]").fill("MEI")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Not accepted yet")).to_be_visible()
    assert_axe_clean(page)
    # Nobody's answers are written over somebody else's.
    page.get_by_role("button", name="Show what to correct").click()
    expect(page.locator("[data-busy]")).to_be_visible()
    expect(page.locator("[name=family_name]")).to_have_value("MEI")
    page.locator("[name=family_name]").fill("")
    page.get_by_role("button", name="Show what to correct").click()
    expect(page.locator("[data-error-summary] a")).to_have_count(1)
    expect(page.locator("[name=family_name]")).to_have_value("ZHUGE")
    assert page.evaluate(RECORDS) == []


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(pages: Pages, wiring: Wiring) -> None:
    page = pages(worker=True)
    at_check(page, traveller(wiring))
    tries: list[str] = []

    def busy(route: Route) -> None:
        tries.append(route.request.method)
        route.fulfill(status=429, headers={"Retry-After": "300"})

    page.context.route(SEND, busy)
    main_button(page).click()
    expect(page.locator("#unsent")).to_contain_text("No answer yet. Next try")
    assert_fits(page)
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    assert len(tries) == 1
    with page.expect_response(SEND):
        page.get_by_role("button", name="Send now").click()
    [record] = page.evaluate(RECORDS)
    assert record["next"] - record["at"] >= 300_000
    page.locator("#unsent summary").click()
    page.locator("[data-do=remove]").click()
    page.wait_for_url("**/d/CKG?lang=en")
    assert page.evaluate(RECORDS) == []
    assert len(tries) == 2


DAY = """async hours => {
  await queue.queue({key: "1", at: Date.now() - hours * 3600000, state: "waiting"});
  return (await queue.unsent()).length;
}"""


def test_a_declaration_waits_for_a_day_and_no_longer(pages: Pages) -> None:
    page = pages()
    page.goto("/verify")
    page.evaluate(f"() => {{ {module('offline/queue.js', 'queue')} }}")
    assert [page.evaluate(DAY, hours) for hours in (23.9, 24)] == [1, 0]
    assert page.evaluate(RECORDS) == []


PAUSES = "() => [1, 2, 3, 20].map(tries => [0, 1].map(chance => backoff.pause(tries, 0, chance)))"


def test_pauses_grow_spread_and_heed_what_the_server_asks(pages: Pages) -> None:
    page = pages()
    page.goto("/verify")
    page.evaluate(f"() => {{ {module('offline/backoff.js', 'backoff')} }}")
    assert page.evaluate(PAUSES) == [[15_000, 22_500], [30_000, 45_000], [60_000, 90_000], [900_000, 1_350_000]]
    assert page.evaluate("() => backoff.pause(1, 120, 0)") == 120_000


def test_clearing_takes_what_waits_and_the_passes(pages: Pages, wiring: Wiring) -> None:
    page = pages(worker=True)
    at_check(page, traveller(wiring))
    page.context.set_offline(True)
    main_button(page).click()
    page.get_by_role("link", name="Fill in another declaration").click()
    open_step(page, "person")
    page.locator("[name=family_name]").fill("MEI")
    page.evaluate("() => caches.open('ws-passes')")
    page.get_by_text("Clear my answers").click()
    page.get_by_role("button", name="Clear everything").click()
    expect(page.locator("[name=family_name]")).to_have_value("")
    page.locator("#unsent").wait_for(state="attached")
    assert page.evaluate(RECORDS) == []
    assert not page.evaluate("() => caches.has('ws-passes')")


def test_an_amendment_never_waits(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(worker=True)
    page.goto(declared(site, traveller(wiring)))
    page.get_by_role("button", name="Change my answers").click()
    page.wait_for_url("**/edit?lang=en")
    page.wait_for_function("() => document.querySelector(\"script[src*='offline.js']\")")
    page.context.set_offline(True)
    open_step(page, "flight")
    page.locator("[name=seat]").fill("31K")
    open_step(page, "signature")
    for name in ("consent_sensitive", "commitment"):
        page.locator(f"[name={name}]").check()
    page.locator("[name=signature_name]").fill("LI")
    main_button(page).click()
    line = page.locator(".ws-network")
    expect(line).to_be_focused()
    expect(line).to_contain_text("your changes are not sent")
    assert page.locator("#unsent").count() == 0
    page.context.set_offline(False)
    go_on(page, "/check")
    expect(page.locator(".ws-data__value", has_text="31K")).to_have_count(1)


@pytest.mark.parametrize("refusal", ["indexedDB.open = () => { throw new Error('private'); }", "delete window.caches"])
def test_where_a_phone_keeps_nothing_sending_is_as_before(
    pages: Pages, site: Site, wiring: Wiring, refusal: str
) -> None:
    page = pages(worker=True)
    page.add_init_script(refusal)
    page.goto(FORM)
    fill(page, traveller(wiring))
    go_on(page, "/check")
    page.wait_for_function("() => document.querySelector(\"script[src*='offline.js']\")")
    page.context.set_offline(True)
    main_button(page).click()
    expect(page.locator(".ws-waiting")).to_contain_text("Not sent: no answer came")
    page.context.set_offline(False)
    # Another declaration's pass is no receipt of this one.
    other = page.context.new_page()
    other.goto(declared(site, traveller(wiring)))
    expect(other.locator(".ws-pass__ref")).to_be_visible()
    assert page.evaluate(KEPT) == 1
    go_on(page, "/p/")


def test_a_slow_network_and_a_double_press_make_one_declaration(pages: Pages, wiring: Wiring) -> None:
    """50 kbit/s and 400 ms, from the last step to the pass."""
    page = pages(worker=True)
    ready(page)
    fill(page, traveller(wiring))
    wire = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
    wire.send("Network.emulateNetworkConditions", slow)
    go_on(page, "/check")
    main_button(page).evaluate("button => { button.click(); button.click(); }")
    page.wait_for_url("**/p/*")
    assert case_of(wiring, page).declarations == 1
