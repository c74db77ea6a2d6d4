"""The form and the pass without a network: they open, what is sent waits, and it arrives once."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from chalicelib.domain.case import Case
from chalicelib.wiring import Wiring
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import add_companion, companion, declared, fill, main_button, traveller
from tests.browser.serving import Site

FORM = "/d/CKG?flight=CA406&lang=en"
KEPT = """async path => {
  const found = (await caches.match(location.origin + path)) && await caches.match(document.scripts[0].src);
  return Boolean(navigator.serviceWorker.controller && found);
}"""
ARRIVED = "Your declaration has arrived"


def opened(page: Page, path: str) -> None:
    """The page, once the worker has it and its files."""
    page.goto(path)
    page.wait_for_function(KEPT, arg=path)


def sign_without_network(page: Page) -> None:
    """From the filled-in form to the declaration that waits."""
    main_button(page).click()
    expect(page.get_by_role("heading", name="No network: check your answers here")).to_be_visible()
    page.get_by_role("button", name="Sign, and send when there is a network").click()
    expect(page.get_by_role("heading", name="Signed, and not sent yet")).to_be_visible()


def case_of(wiring: Wiring, page: Page) -> Case:
    """The case whose pass is shown."""
    return wiring.store.get(Case, wiring.passes.read(urlsplit(page.url).path.rpartition("/")[2]).case_id)


def test_a_declaration_without_a_network_waits_and_arrives_by_itself(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    opened(page, FORM)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".ws-network")).to_contain_text("what you type is kept on this phone")
    add_companion(page)
    answers = traveller(wiring, companions=[companion()])
    fill(page, answers)
    assert_axe_clean(page)
    assert_fits(page)
    main_button(page).click()
    read = page.locator("#unsent")
    expect(read.locator(".ws-data__value", has_text=answers["document_number"])).to_have_count(1)
    expect(read.locator(".ws-data__value", has_text="27 3 1984")).to_have_count(1)
    expect(read.get_by_role("heading", name="Companion 1")).to_be_visible()
    assert_axe_clean(page)
    assert_fits(page)
    page.get_by_role("button", name="Change my answers").first.click()
    page.locator("[name=seat]").fill("7C")
    sign_without_network(page)
    assert_axe_clean(page)
    page.context.set_offline(False)
    page.wait_for_url("**/p/*")
    case = case_of(wiring, page)
    assert (case.answers["seat"], len(case.party), case.declarations) == ("7C", 2, 1)
    page.goto(FORM)
    expect(page.locator("[name=family_name]")).to_have_value("")


def test_a_killed_tab_and_a_lost_answer_make_one_declaration(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    opened(page, FORM)
    page.context.set_offline(True)
    fill(page, traveller(wiring))
    sign_without_network(page)
    page.close()
    page = page.context.new_page()
    page.goto(FORM)
    expect(page.get_by_role("heading", name="Signed, and not sent yet")).to_be_visible()
    receipts: list[str] = []

    def kept_and_lost(route: Route) -> None:
        receipts.append(route.fetch().text())
        route.abort()

    page.context.route("**/d/CKG/submit**", kept_and_lost)
    page.context.set_offline(False)
    page.get_by_role("button", name="Try now").click()
    expect(page.get_by_role("heading", name="Signed, and not sent yet")).to_be_visible()
    page.context.unroute("**/d/CKG/submit**")
    page.get_by_role("button", name="Try now").click()
    page.wait_for_url("**/p/*")
    assert all(urlsplit(page.url).path in receipt for receipt in receipts)
    assert case_of(wiring, page).declarations == 1


def test_a_network_that_dies_under_a_press_loses_nothing(pages: Pages, wiring: Wiring) -> None:
    """The browser believes itself online: the worker finds out, and hands the form back with its draft."""
    page = pages()
    opened(page, FORM)
    fill(page, traveller(wiring, family_name="ZHUGE"))
    page.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => true})")
    page.evaluate("() => Object.defineProperty(navigator, 'onLine', {get: () => true})")
    page.context.set_offline(True)
    main_button(page).click()
    page.wait_for_url("**/check**")
    read = page.locator("#unsent")
    expect(read.locator(".ws-data__value", has_text="ZHUGE")).to_have_count(1)
    page.get_by_role("button", name="Change my answers").first.click()
    expect(page.locator("[name=family_name]")).to_have_value("ZHUGE")


def test_answers_that_are_refused_later_come_back_to_be_mended(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    opened(page, FORM)
    fill(page, traveller(wiring, phone="023 6315 1111x"))
    page.context.set_offline(True)
    sign_without_network(page)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Not accepted yet")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name="Open the form").click()
    main_button(page).click()
    expect(page.locator("[data-error-summary] li")).to_have_count(1)


def test_a_pass_that_was_seen_opens_until_it_is_removed(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages()
    path = urlsplit(declared(site, traveller(wiring))).path
    opened(page, path)
    page.context.set_offline(True)
    page.goto(path)
    expect(page.locator(".ws-pass__code svg")).to_be_visible()
    expect(page.locator(".ws-network")).to_contain_text("This is how things stood on")
    assert_axe_clean(page)
    page.get_by_role("button", name="Remove from this phone").click()
    expect(page.get_by_role("button", name="Removed from this phone")).to_be_visible()
    assert page.evaluate("async path => !(await caches.match(location.origin + path))", path)


def test_where_nothing_can_wait_the_page_says_so(pages: Pages, site: Site, wiring: Wiring) -> None:
    """A LAN address without TLS: no worker there, and the rest as ever."""
    page = pages()
    page.route(
        "http://waystation.lan/**",
        lambda route: route.fulfill(
            response=route.fetch(url=route.request.url.replace("http://waystation.lan", site.url))
        ),
    )
    page.goto(f"http://waystation.lan{FORM}")
    assert page.evaluate("() => !window.isSecureContext")
    fill(page, traveller(wiring))
    page.context.set_offline(True)
    main_button(page).click()
    expect(page.locator(".ws-network")).to_contain_text("no secure connection")
    expect(page.locator("#unsent")).to_be_hidden()
    expect(page.locator(".ws-saved")).to_be_visible()
