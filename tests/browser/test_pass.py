"""The pass while it is looked at: kept up to date without taking anybody anywhere, and saved as a picture."""

from base64 import b64decode
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page, Route, expect

from chalicelib.domain.states import State
from chalicelib.web.catalogues import sentence
from chalicelib.web.traveller.journey import STOPS
from chalicelib.wiring import Wiring
from tests.browser.bundles import module
from tests.browser.chromium import Pages
from tests.browser.declaring import declared, traveller
from tests.browser.serving import Site
from tests.browser.test_traveller_form import case_of
from tests.browser.test_traveller_pages import put

A_TURN_MS = 70_000
"""Longer than a minute and its spread."""
GREY = """async (image) => {
  await image.decode();
  const board = document.createElement('canvas');
  board.width = image.naturalWidth; board.height = image.naturalHeight;
  const pen = board.getContext('2d');
  pen.drawImage(image, 0, 0);
  const rgba = pen.getImageData(0, 0, board.width, board.height).data;
  let grey = ''; for (let i = 0; i < rgba.length; i += 4) grey += String.fromCharCode(rgba[i]);
  return [btoa(grey), board.width, board.height];
}"""


CLOCK_OF_PAGE = """() => new Date(document.getElementById('live').dataset.at)
  .toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' })"""
SEEN_AGAIN = """() => { Object.defineProperty(document, 'visibilityState', { value: 'visible' });
  document.dispatchEvent(new Event('visibilitychange')); }"""


def asked_by(page: Page) -> list[str]:
    """The last parts of the addresses that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    return asked


def settle(page: Page) -> None:
    """An answer that comes after all that turns of the clock could have asked for."""
    page.evaluate("() => fetch('/healthz')")


def now(page: Page, state: State) -> None:
    expect(page.locator("#now")).to_have_text(STOPS[state].now)


def test_a_pass_that_is_looked_at_keeps_itself_up_to_date(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages()
    page.clock.install()
    address = declared(site, traveller(wiring))
    page.goto(address)
    reading = page.get_by_role("link", name="What you signed")
    reading.focus()
    page.evaluate("() => { window.code = document.querySelector('.ws-pass__code svg'); }")
    put(wiring, address, State.VERIFIED)
    page.clock.fast_forward(A_TURN_MS)
    now(page, State.VERIFIED)
    expect(page.get_by_role("button", name="Change my answers")).to_have_count(0)
    # Who was reading goes on where they were; what did not change was not touched; buttons of script stay.
    expect(reading).to_be_focused()
    assert page.evaluate("() => window.code.isConnected")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.locator("[data-told]")).to_have_text(f"This page has changed: {STOPS[State.VERIFIED].now}")


def test_a_pass_that_stands_as_it_stood_is_not_sent_again_and_nobody_asks_for_one_that_is_hidden(
    pages: Pages, site: Site, wiring: Wiring
) -> None:
    page = pages()
    page.clock.install()
    page.goto(declared(site, traveller(wiring)))
    before = page.locator("#live").get_attribute("data-at")
    with page.expect_response("**/p/*") as coming:
        page.clock.fast_forward(A_TURN_MS)
    assert coming.value.status == 304
    expect(page.locator("#live")).not_to_have_attribute("data-at", str(before))
    expect(page.locator("[data-told]")).to_be_empty()
    page.evaluate("() => Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })")
    asked = asked_by(page)
    page.clock.fast_forward(20 * A_TURN_MS)
    settle(page)
    assert asked == ["healthz"]
    with page.expect_response("**/p/*"):
        page.evaluate(SEEN_AGAIN)


def test_without_network_it_says_how_old_it_is_and_asks_at_once_when_it_is_back(
    pages: Pages, site: Site, wiring: Wiring
) -> None:
    page = pages()
    page.clock.install()
    address = declared(site, traveller(wiring))
    page.goto(address)
    line = page.locator(".ws-network")
    expect(line).to_be_hidden()
    # No signal to the browser: only the asking finds out.
    page.route("**/p/*", lambda route: Route.abort(route))
    page.clock.fast_forward(A_TURN_MS)
    expect(line).to_contain_text("There is no connection now. This is how things stood: ")
    shown = page.evaluate(CLOCK_OF_PAGE)
    expect(line).to_contain_text(shown)
    put(wiring, address, State.REGISTERED)
    page.unroute("**/p/*")
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    now(page, State.REGISTERED)
    expect(line).to_be_hidden()


def test_an_end_is_not_asked_after_again(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages()
    page.clock.install()
    address = declared(site, traveller(wiring))
    put(wiring, address, State.IN_QUARANTINE)
    page.goto(address)
    put(wiring, address, State.RELEASED)
    page.clock.fast_forward(A_TURN_MS)
    expect(page.locator(".ws-certificate")).to_be_visible()
    asked = asked_by(page)
    page.clock.fast_forward(20 * A_TURN_MS)
    settle(page)
    assert asked == ["healthz"]


def test_it_asks_more_seldom_the_longer_nobody_answers(pages: Pages) -> None:
    page = pages()
    page.goto("/verify")
    page.evaluate(module("pass/waits.js", "waits"))
    minutes = page.evaluate("() => [0, 1, 2, 3, 9, 99].map((failures) => waits.wait(failures, 0.5) / 60000)")
    assert minutes == [1, 2, 4, 8, 15, 15]
    spread = page.evaluate("() => [0, 1].map((chance) => waits.wait(0, chance))")
    assert spread == [54_000, 66_000]


@pytest.mark.parametrize("lang", ["zh-Hans", "ar"])
@pytest.mark.parametrize("state", [State.REGISTERED, State.RELEASED])
def test_the_pass_is_saved_as_a_picture_that_scans(
    pages: Pages, site: Site, wiring: Wiring, lang: str, state: State, tmp_path: Path
) -> None:
    page = pages(scheme="dark", lang=lang)
    address = declared(site, traveller(wiring))
    reference = put(wiring, address, state).reference
    page.goto(address + f"?lang={lang}")
    with page.expect_download() as coming:
        page.get_by_role("button", name=sentence(lang, "Save as a picture")).click()
    assert coming.value.suggested_filename == f"{reference}.png"
    coming.value.save_as(tmp_path / "pass.png")
    shown = page.get_by_role("img", name=sentence(lang, "Your pass as a picture"))
    grey, width, height = shown.evaluate(GREY)
    found = zxingcpp.read_barcodes(memoryview(b64decode(grey)).cast("B", (height, width)))
    assert [one.text for one in found] == [page_code(address, state, page)]
    assert b64decode(str(shown.get_attribute("src")).partition(",")[2]) == (tmp_path / "pass.png").read_bytes()


def page_code(address: str, state: State, page: Page) -> str:
    """What the code of this state opens."""
    if state != State.RELEASED:
        return address.upper()
    return str(page.locator(".ws-certificate__actions a").evaluate("link => link.href")).upper()


def test_the_picture_holds_the_name_the_zone_and_the_reference(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(lang="ar")
    address = declared(site, traveller(wiring))
    page.goto(address + "?lang=ar")
    page.evaluate(
        """() => { window.written = [];
        const plain = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
          window.written.push([text.replace(/[\\u2066-\\u2069]/g, ''), this.direction]);
          plain.call(this, text, ...rest); }; }"""
    )
    page.get_by_role("button", name=sentence("ar", "Save as a picture")).click()
    page.get_by_role("img", name=sentence("ar", "Your pass as a picture")).wait_for()
    written = dict(page.evaluate("() => window.written"))
    case = case_of(wiring, address)
    # A Chinese name stands left to right in an Arabic picture.
    assert written["李小明 LI XIAOMING"] == "ltr"
    assert written[sentence("ar", "Your zone in the hall")] == "rtl"
    assert {case.zone, case.reference} <= set(written)


@pytest.mark.parametrize("gone", ["script", "canvas"])
def test_who_cannot_have_a_picture_prints(pages: Pages, site: Site, wiring: Wiring, gone: str) -> None:
    page = pages()
    page.goto(declared(site, traveller(wiring)))
    page.evaluate("() => { window.print = () => { document.title = 'printed'; }; }")
    if gone == "script":
        page.route("**/picture.js*", lambda route: Route.abort(route))
    else:
        page.evaluate("() => { HTMLCanvasElement.prototype.getContext = () => null; }")
    page.get_by_role("button", name="Save as a picture").click()
    expect(page).to_have_title("printed")
