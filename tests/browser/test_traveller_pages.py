"""Every other page that a traveller or an employer sees: pass, certificate, check, recovery, poster."""

from base64 import b64decode
from dataclasses import replace
from datetime import timedelta

import pytest
import zxingcpp
from playwright.sync_api import Locator, Page, expect

from chalicelib.actions.ports import Save
from chalicelib.domain.case import Case, Quarantine
from chalicelib.domain.states import State
from chalicelib.web.catalogues import sentence
from chalicelib.web.traveller.journey import STOPS
from chalicelib.wiring import Wiring
from tests.browser.chromium import DESKTOP, PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import companion, declared, today, traveller
from tests.browser.serving import Site
from tests.browser.test_traveller_form import case_of

PIXELS = 600
DRAWN = """(svg, size) => new Promise((done, failed) => {
  const copy = svg.cloneNode(true);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', size); copy.setAttribute('height', size);
  const image = new Image();
  image.onerror = failed;
  image.onload = () => {
    const board = document.createElement('canvas');
    board.width = board.height = size;
    const pen = board.getContext('2d');
    pen.fillStyle = 'white'; pen.fillRect(0, 0, size, size); pen.drawImage(image, 0, 0, size, size);
    const rgba = pen.getImageData(0, 0, size, size).data;
    let grey = ''; for (let i = 0; i < rgba.length; i += 4) grey += String.fromCharCode(rgba[i]);
    done(btoa(grey));
  };
  image.src = 'data:image/svg+xml;base64,' + btoa(new XMLSerializer().serializeToString(copy));
})"""


def scanned(code: Locator) -> str:
    """What a scanner reads off a drawn code."""
    grey = b64decode(code.locator("svg").evaluate(f"svg => ({DRAWN})(svg, {PIXELS})"))
    found = zxingcpp.read_barcodes(memoryview(grey).cast("B", (PIXELS, PIXELS)))
    return str(found[0].text)


def looks_right(page: Page) -> None:
    assert_axe_clean(page)
    assert_fits(page)


def put(wiring: Wiring, address: str, state: State) -> Case:
    """Put the case behind a pass into a state, with a stay where the state has one."""
    case, day = case_of(wiring, address), today(wiring)
    stay = Quarantine("hotel", day - timedelta(11), day + timedelta(3))
    housed = state in (State.IN_QUARANTINE, State.RELEASED)
    personal = replace(case.personal, place="Riverside Hotel", room="1203") if housed else case.personal
    changed = replace(
        case, state=state, quarantine=stay if housed else None, personal=personal,
        released_at=wiring.clock() if state == State.RELEASED else None,
    )  # fmt: skip
    wiring.store.commit([Save(changed)])
    return changed


def test_the_pass_says_what_comes_next_and_why_in_every_state(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages()
    address = declared(site, traveller(wiring))
    for place, state in enumerate(State):
        put(wiring, address, state)
        for lang in ("en", "zh-Hans") if place % 2 else ("zh-Hans", "en"):
            page.goto(f"{address}?lang={lang}")
            for words in (STOPS[state].now, STOPS[state].next, STOPS[state].why):
                expect(page.locator(".ws-stop")).to_contain_text(sentence(lang, words))
            assert_fits(page)
        assert_axe_clean(page)


def test_the_pass_is_for_its_holder_only(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(size=DESKTOP)
    address = declared(site, traveller(wiring))
    answer = page.goto(address)
    assert answer is not None
    headers = answer.headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    for wrong in (address[:-1], address[:-3] + "AAA", address.rpartition("/")[0] + "/AAAA"):
        refused = page.goto(wrong)
        assert refused is not None
        assert refused.status == 404
        expect(page.locator("main")).not_to_contain_text("LI")
        looks_right(page)


def test_the_code_of_the_pass_scans_and_opens_it(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(scheme="dark")
    address = declared(site, traveller(wiring))
    page.goto(address)
    looks_right(page)
    link = scanned(page.locator(".ws-pass__code"))
    assert link == address.upper()
    page.goto(link.replace(site.url.upper(), site.url))
    expect(page.locator(".ws-reference")).to_have_text(case_of(wiring, address).reference)


def test_quarantine_shows_its_last_day_and_the_days_left(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(lang="zh-Hans")
    address = declared(site, traveller(wiring), "zh-Hans")
    stay = put(wiring, address, State.IN_QUARANTINE).quarantine
    assert stay is not None
    page.goto(address)
    expect(page.locator(".ws-pass__date")).to_have_text(
        f"{stay.end_date.year}年{stay.end_date.month}月{stay.end_date.day}日"
    )
    expect(page.locator(".ws-pass__zone")).to_contain_text("还剩3天")
    expect(page.locator(".ws-stop")).to_contain_text("Riverside Hotel")


def test_the_certificate_is_checked_by_its_code_and_by_its_number(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages()
    address = declared(site, traveller(wiring))
    case = put(wiring, address, State.RELEASED)
    page.goto(address)
    expect(page.locator(".ws-certificate__who")).to_have_text("李小明 LI XIAOMING")
    looks_right(page)
    link = scanned(page.locator(".ws-certificate__code"))
    employer = pages(lang="zh-Hans", size=DESKTOP)
    employer.goto(link.replace(site.url.upper(), site.url))
    expect(employer.locator(".ws-verdict--good")).to_contain_text("李*")
    expect(employer.locator("main")).not_to_contain_text("小明")
    looks_right(employer)
    assert page.request.get(site.at("/p/" + link.rpartition("/")[2])).status == 404
    for pasted in (case.reference.lower(), link, address, address.upper()):
        check(employer, pasted)
        expect(employer.locator(".ws-verdict--good")).to_be_visible()
        assert employer.url.endswith("/verify?lang=zh-Hans")


def check(page: Page, pasted: str) -> None:
    """Paste into the box of /verify and press the button."""
    page.goto("/verify?lang=zh-Hans")
    page.locator("#code").fill(pasted)
    page.locator("main button[type=submit]").click()
    page.locator(".ws-verdict").wait_for()


def test_what_is_not_released_or_not_ours_is_not_valid(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(js=False)
    case = case_of(wiring, declared(site, traveller(wiring)))
    for pasted in (case.reference, "nonsense", "A" * 122, "https://example.com/p/AAAA", "<b>x</b>"):
        check(page, pasted)
        expect(page.locator(".ws-verdict--none")).to_be_visible()
    looks_right(page)


@pytest.mark.parametrize("js", [True, False])
def test_nothing_pasted_is_asked_for_and_not_judged(pages: Pages, js: bool) -> None:
    page = pages(js=js)
    page.goto("/verify")
    with page.expect_response("**/verify*") as answered:
        page.locator("main button[type=submit]").click()
    assert answered.value.status == 422
    expect(page.locator("#code-error")).to_contain_text("Enter the link or the certificate number")
    expect(page.locator(".ws-verdict")).to_have_count(0)
    looks_right(page)


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_a_lost_pass_comes_back(pages: Pages, site: Site, wiring: Wiring, lang: str) -> None:
    page, answers = pages(lang=lang), traveller(wiring)
    address = declared(site, answers, lang)
    page.goto("/recover")
    looks_right(page)
    typed = {
        "reference": case_of(wiring, address).reference.lower(), "document_number": answers["document_number"].lower(),
        "date_of_birth.day": "28", "date_of_birth.month": "3", "date_of_birth.year": "1984",
    }  # fmt: skip
    recover(page, typed)
    expect(page.locator("[data-error-summary]")).to_be_focused()
    looks_right(page)
    recover(page, {"date_of_birth.day": "27"})
    page.wait_for_url("**/p/*")
    assert page.url == address


def recover(page: Page, typed: dict[str, str]) -> None:
    """Fill in the boxes of /recover and send them."""
    for name, value in typed.items():
        page.locator(f"[name='{name}']").fill(value)
    page.locator("main button[type=submit]").click()


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_the_copy_prints_what_was_signed(pages: Pages, site: Site, wiring: Wiring, lang: str) -> None:
    page = pages(lang=lang)
    address = declared(site, traveller(wiring, companions=[companion()]), lang)
    case = case_of(wiring, address)
    page.goto(address + "/copy")
    looks_right(page)
    for signed in case.signed:
        expect(page.locator("code", has_text=signed.digest)).to_be_visible()
    expect(page.locator("main")).to_contain_text("LI")
    expect(page.locator("main")).to_contain_text("MEI")
    page.emulate_media(media="print")
    expect(page.locator(".ws-header")).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_poster_is_scanned_to_the_form_of_its_flight(pages: Pages, site: Site, size: tuple[int, int]) -> None:
    page = pages(size=size)
    page.goto("/posters/CKG?flight=ca0406")
    looks_right(page)
    expect(page.locator(".ws-poster")).to_contain_text("扫码申报")
    link = scanned(page.locator(".ws-poster__code"))
    assert link == site.at("/d/CKG?flight=CA406")
    page.goto(link)
    expect(page.locator("[name=flight_number]")).to_have_value("CA406")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_address_that_nobody_has_is_a_page_for_a_browser(pages: Pages, site: Site, scheme: str) -> None:
    page = pages(scheme=scheme)
    answer = page.goto("/nothing/here")
    assert answer is not None
    assert answer.status == 404
    looks_right(page)
    expect(page.get_by_role("heading", name="这里没有内容")).to_be_visible()
    assert page.request.get(site.at("/nothing/here"), headers={"accept": "application/json"}).json()["status"] == 404


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/verify",
        "/recover",
        "/a",
        "/d/XXX",
        "/p/NOTHING",
        "/posters/CKG/old",
        "/posters/XXX",
        "/d/CKG?flight=%3Cb%3E",
    ],
)
def test_every_page_is_clean_on_a_phone_in_the_dark(pages: Pages, path: str, lang: str) -> None:
    page = pages(lang=lang, scheme="dark")
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    looks_right(page)
