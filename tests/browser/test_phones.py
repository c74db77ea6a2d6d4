"""The simulator's page of phones in a browser, and a whole journey seen from the phones that it reaches."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
import urllib3
from playwright.sync_api import Browser, Page, expect

from tests.api_client import Api
from tests.browser.chromium import DESKTOP, PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import fill, go_on
from tests.conftest import Live
from tests.intake.example import valid_answers
from tests.journey.steps import DISTRICT, FAMILY, TRAVELLER, Journey, make_key, today
from tests.simulator.running import ACCOUNT, SENDER, TOKEN, Ear, listening, simulator

TEXT, ANSWER = "【口岸驿站】李*已乘车前往渝中区", "ok 4821"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("script", [True, False])
def test_phones_show_what_came_and_take_a_reply(
    browser: Browser, tmp_path: Path, size: tuple[int, int], scheme: str, script: bool
) -> None:
    with listening() as ear, simulator(tmp_path / "phones.sqlite3", ear.base) as server:
        pages = Pages(browser, server.base)
        page = pages(size=size, scheme=scheme, js=script)
        page.goto("/")
        assert_axe_clean(page)
        _receive(server.base, FAMILY, TEXT)
        page.reload()
        expect(page.get_by_text(TEXT)).to_be_visible()
        assert_axe_clean(page)
        assert_fits(page)
        _reply(page, ear)
        pages.close()
        assert pages.problems == []


def _receive(base: str, to: str, body: str) -> None:
    headers = urllib3.make_headers(basic_auth=f"{ACCOUNT}:{TOKEN}")
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    said = urlencode({"To": to, "From": SENDER, "Body": body})
    answer = urllib3.request("POST", f"{base}/2010-04-01/Accounts/{ACCOUNT}/Messages.json", body=said, headers=headers)
    assert answer.status == 201


def _reply(page: Page, ear: Ear) -> None:
    page.get_by_placeholder("Reply").first.fill(ANSWER)
    page.get_by_role("button", name="Send").first.click()
    [call] = ear.heard(1)
    assert (call.path, call.fields["Body"]) == ("/hooks/twilio/inbound", ANSWER)
    expect(page.get_by_text(ANSWER)).to_be_visible()


def test_from_the_form_to_the_certificate_on_the_running_product(browser: Browser, live: Live) -> None:
    """The traveller at a phone, the officers through the API, family and district at theirs."""
    pages = Pages(browser, live.url)
    page = pages(size=PHONE, lang="zh-Hans")
    page.goto("/d/CKG?flight=CA406&lang=zh-Hans")
    fill(page, valid_answers(today(), document_number="E90000001"))
    go_on(page, "/check")
    go_on(page, "/p/")
    journey = Journey(live.stack, Api(live.url, make_key(live.stack, "coordination")))
    found = journey.api("POST", "/travellers/search", {"document_number": "E90000001"}).body["items"]
    case = found[0]["traveller_id"]
    dispatch = journey.dispatch({"traveller_id": case, "pass_url": page.url})
    phones = pages(size=DESKTOP)
    phones.goto(live.stack.addresses.provider)
    for number in (FAMILY, TRAVELLER, DISTRICT):
        phone = phones.locator("section, article, li").filter(has_text=number).last
        expect(phone.get_by_text("渝中区").first).to_be_visible(timeout=30_000)
    journey.hand_over(dispatch, case)
    journey.quarantine(case)
    page.reload()
    certificate = page.locator(".ws-certificate")
    expect(certificate).to_contain_text(found[0]["reference"])
    page.goto("/verify?lang=zh-Hans")
    page.locator("[name=code]").fill(found[0]["reference"])
    page.locator("main button[type=submit]").click()
    expect(page.locator(".ws-verdict--good")).to_contain_text("李")
    assert_axe_clean(page)
    pages.close()
    assert pages.problems == []
