"""A phone with its country, an example and an echo; what the phone understands is what the server does."""

import phonenumbers
from phonenumbers import PhoneNumberFormat as Format
from playwright.sync_api import expect

from chalicelib.wiring import Wiring
from tests.browser.bundles import module
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import fill, go_on, open_step, traveller
from tests.browser.test_traveller_form import case_of
from tools.check_plans_on_phones import ONLY_ABROAD, plans

MANY_WAYS = {
    "00 86 138 0013 8000": "+8613800138000", "１３８-００１３-８０００": "+8613800138000",
    "+44 (0)7911 120456": "+447911120456", "١٣٨٠٠١٣٨٠٠٠": "+8613800138000", "12": "", "no": "", "+999 123": "",
}  # fmt: skip


def test_a_number_is_completed_and_echoed(pages: Pages, wiring: Wiring) -> None:
    page, answers = pages(), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    own = page.locator(".govuk-form-group", has=page.locator("[name=phone]"))
    open_step(page, "contact")
    page.keyboard.press("Shift")  # its script comes with the first sign of somebody
    own.locator("select").wait_for()
    expect(own.locator(".ws-phone__echo")).to_have_text("For example+86 131 2345 6789")
    open_step(page, "person")
    page.locator("select[name=nationality]").select_option("GB")
    open_step(page, "contact")
    expect(own.locator(".ws-phone__echo")).to_have_text("For example+44 7400 123456")
    page.locator("[name=phone]").fill("07911 120456")
    expect(own.locator(".ws-phone__echo")).to_have_text("United Kingdom+44 7911 120456")
    page.locator("[name=phone]").blur()
    expect(page.locator("[name=phone]")).to_have_value("+44 7911 120456")
    page.locator("[name=phone]").fill("+81 90 1234 0678")
    expect(own.locator("select")).to_have_value("JP")
    page.locator("[name=phone]").fill("+247 40123")
    page.locator("[name=phone]").fill("+247 4")
    expect(own.locator(".ws-phone__echo")).to_have_text("For example+86 131 2345 6789")
    assert_axe_clean(page)
    assert_fits(page)
    open_step(page, "person")
    fill(page, {**answers, "phone": "07911 120456", "nationality": "GB"})
    open_step(page, "contact")
    own.locator("select").select_option("GB")
    go_on(page, "/check")
    go_on(page, "/p/")
    assert case_of(wiring, page.url).answers["phone"] == "+447911120456"


def test_a_contacts_number_does_not_follow_the_travellers_nationality(pages: Pages, wiring: Wiring) -> None:
    page, answers = pages(), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    page.keyboard.press("Shift")  # its script comes with the first sign of somebody
    page.locator(".ws-phone__country").first.wait_for(state="attached")
    fill(page, {**answers, "nationality": "IT"})
    typed = page.locator("[name='family_contacts.0.phone']")
    open_step(page, "family")
    typed.focus()
    typed.blur()
    expect(typed).to_have_value("139 0013 9000")


def test_phone_and_server_understand_the_same(pages: Pages) -> None:
    page = pages()
    page.goto("/")
    page.evaluate(f"() => {{ {module('phones/understanding.js', 'phones')} }}")
    cases, expected = [], []
    for region, _ in plans():
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
            number = phonenumbers.example_number_for_type(region, kind)
            if number is None:
                continue
            ways = [Format.INTERNATIONAL, Format.E164] + ([] if region in ONLY_ABROAD else [Format.NATIONAL])
            cases += [[phonenumbers.format_number(number, way), region] for way in ways]
            expected += [phonenumbers.format_number(number, Format.E164)] * len(ways)
    found = page.evaluate("cases => cases.map(one => phones.understood(...one)).map(one => one && one.number)", cases)
    ask = "all => all.map(one => (phones.understood(one, 'CN') || {}).number || '')"
    assert dict(zip(MANY_WAYS, page.evaluate(ask, [*MANY_WAYS]), strict=True)) == MANY_WAYS
    wrong = [(case, got, want) for case, got, want in zip(cases, found, expected, strict=True) if got != want]
    assert not wrong
    assert len(cases) > 1_200
