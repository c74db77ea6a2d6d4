"""The form behind the QR code, as travellers use it: two languages, phone and desktop, with script and without."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from playwright.sync_api import Page, expect

from chalicelib.domain.case import Case
from chalicelib.intake import forms
from chalicelib.wiring import Wiring
from tests.browser.chromium import DESKTOP, PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import (
    add_companion,
    companion,
    declare,
    declared,
    fill,
    go_on,
    main_button,
    open_step,
    speak,
    today,
    traveller,
)
from tests.browser.serving import Site, database_away

FORM = forms.load("arrival", 1)
NAME = "<img src=x onerror=alert(x)>{{x}}<b>"
MARKUP = '<img src=x onerror="document.title=1">{{7*7}}<b>'


def case_of(wiring: Wiring, address: str) -> Case:
    """The case that a pass's address belongs to."""
    return wiring.store.get(Case, wiring.passes.read(address.rpartition("/")[2]).case_id)


def looks_right(page: Page, js: bool = True) -> None:
    """Fits, and is clean; a page without script is the same HTML, so axe looks at the one with it."""
    assert_fits(page)
    if js:
        assert_axe_clean(page)


@pytest.mark.parametrize(
    ("size", "lang", "js"),
    [(PHONE, "en", True), (PHONE, "zh-Hans", False), (DESKTOP, "zh-Hans", True), (DESKTOP, "en", False)],
)
def test_from_the_qr_code_to_the_pass(pages: Pages, wiring: Wiring, size: tuple[int, int], lang: str, js: bool) -> None:
    page, answers = pages(size=size, lang=lang, js=js), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    expect(page.locator("[name=flight_number]")).to_have_value("CA406")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    looks_right(page, js)
    fill(page, answers)
    go_on(page, "/check")
    expect(page.locator(".ws-data__value--large")).to_have_text(["+86 138 0013 8000", "+86 139 0013 9000"])
    for text in FORM.signed_texts(lang).values():
        expect(page.locator(".ws-signed", has_text=text.text.splitlines()[-1])).to_be_visible()
    looks_right(page, js)
    go_on(page, "/p/")
    case = case_of(wiring, page.url)
    expect(page.locator(".ws-reference")).to_have_text(case.reference)
    expect(page.locator(".ws-zone")).to_have_text("01")
    assert (case.language, case.answers["document_number"]) == (lang, answers["document_number"])
    assert {signed.digest for signed in case.signed} == {text.digest for text in FORM.signed_texts(lang).values()}
    looks_right(page, js)


@pytest.mark.parametrize("js", [True, False])
def test_a_companion_is_added_and_gets_a_pass(pages: Pages, wiring: Wiring, js: bool) -> None:
    page, child = pages(js=js), companion()
    answers = traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    fill(page, answers)
    add_companion(page)
    expect(page).to_have_url(re.compile("/d/CKG[?]" if js else "/edit[?]lang=en#companions-0"))
    expect(page.locator("[name=family_name]")).to_have_value(answers["family_name"])
    expect(page.locator("[name=document_number]")).to_have_value(answers["document_number"])
    add_companion(page)
    page.locator("button[value='remove:companions.1']").click()
    expect(page.locator("#companions > fieldset")).to_have_count(1)
    fill(page, {"companions": [child]})
    go_on(page, "/check")
    go_on(page, "/p/")
    assert len(case_of(wiring, page.url).party) == 2
    page.locator(".ws-party__one").click()
    expect(page.locator(".ws-pass__name")).to_contain_text("LI MEI")
    expect(page.locator(".ws-party")).to_have_count(0)
    assert case_of(wiring, page.url).answers["document_number"] == child["document_number"]


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_mistakes_are_said_and_lead_to_their_fields(pages: Pages, wiring: Wiring, lang: str) -> None:
    page = pages(lang=lang)
    page.goto("/d/CKG?flight=CA406")
    contact = traveller(wiring)["family_contacts"][0]
    wrong = {"family_name": "L1", "date_of_birth": "1984-02-31"}
    fill(page, traveller(wiring, **wrong, family_contacts=[{**contact, "phone": "023 6315 1111"}]))
    go_on(page, "/check")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_count(3)
    looks_right(page)
    link = summary.locator("a[href^='#date_of_birth-']")
    first_box = page.locator(".govuk-date-input__input[name^='date_of_birth']").first
    link.click()
    expect(first_box).to_be_focused()
    expect(page.locator("[name=family_name]")).to_have_value("L1")
    expect(page.locator("[name='date_of_birth.day']")).to_have_value("31")
    fill(page, {"family_name": "LI", "date_of_birth": "1984-03-27"})
    summary.locator("a[href='#family_contacts-0-phone']").click()
    page.locator("[name='family_contacts.0.reach'][value=call]").check()
    go_on(page, "/check")
    expect(page.locator("[name=_key]")).to_have_count(1)


def test_an_empty_form_asks_for_everything_and_keeps_the_flight(pages: Pages) -> None:
    page = pages(js=False)
    page.goto("/d/CKG?flight=CA406")
    go_on(page, "/check")
    expect(page).to_have_title(
        "Error: Health declaration and commitment for arriving travellers · Chongqing Jiangbei International Airport"
    )
    expect(page.locator("[name=flight_number]")).to_have_value("CA406")
    targets = page.locator("[data-error-summary] a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert all(page.locator(target).count() == 1 for target in targets)


def test_a_part_is_changed_after_checking_and_everything_else_stays(pages: Pages, wiring: Wiring) -> None:
    page, answers = pages(js=False), traveller(wiring, companions=[companion()])
    page.goto("/d/CKG")
    add_companion(page)
    fill(page, answers)
    go_on(page, "/check")
    page.locator("button[formaction$='#step-contact']").click()
    page.wait_for_url("**/edit?lang=en#step-contact")
    page.locator("[name=phone]").fill("+44 7911 123456")
    go_on(page, "/check")
    expect(page.locator(".ws-data__value--large").first).to_have_text("+44 7911 123456")
    go_on(page, "/p/")
    kept = case_of(wiring, page.url)
    assert (kept.answers["phone"], kept.answers["email"], len(kept.party)) == ("+447911123456", answers["email"], 2)


@pytest.mark.parametrize("js", [True, False])
def test_the_language_changes_and_nothing_typed_is_lost(pages: Pages, wiring: Wiring, js: bool) -> None:
    page, answers = pages(js=js), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    fill(page, answers)
    if js:
        speak(page, "简体中文")
        page.wait_for_url("**/d/CKG?flight=CA406&lang=zh-Hans#step-signature")
        expect(page.locator("#step-signature")).to_be_visible()
        expect(page.locator("[name=signature_name]")).to_have_value(answers["signature_name"])
    go_on(page, "/check")
    other = "English" if js else "简体中文"
    speak(page, other)
    page.wait_for_url("**/check?lang=*")
    expect(page.locator("html")).to_have_attribute("lang", "en" if js else "zh-Hans")
    go_on(page, "/p/")
    assert case_of(wiring, page.url).language == ("en" if js else "zh-Hans")


def test_back_again_and_sent_again_is_the_same_receipt(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    address = declare(page, traveller(wiring))
    page.evaluate("() => history.go(-2)")
    page.wait_for_url("**/d/CKG?**")
    expect(page.locator("[name=signature_name]")).to_have_value("李小明")
    go_on(page, "/check")
    go_on(page, "/p/")
    assert page.url == address


def test_a_double_click_keeps_one_declaration(pages: Pages, wiring: Wiring) -> None:
    page = pages()
    page.goto("/d/CKG?flight=CA406")
    fill(page, traveller(wiring))
    go_on(page, "/check")
    main_button(page).dblclick()
    page.wait_for_url("**/p/*")
    assert case_of(wiring, page.url).party == (case_of(wiring, page.url).case_id,)


def test_ten_sendings_at_once_get_one_receipt(pages: Pages, site: Site, wiring: Wiring) -> None:
    page = pages(js=False)
    page.goto("/d/CKG?flight=CA406")
    fill(page, traveller(wiring))
    go_on(page, "/check")
    hidden = page.locator("#declaration input[type=hidden]").evaluate_all(
        "all => all.map(one => [one.name, one.value])"
    )
    with ThreadPoolExecutor(10) as crowd:
        receipts = Counter(crowd.map(lambda _: location(site.at("/d/CKG/submit"), hidden), range(10)))
    assert len(receipts) == 1


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def location(address: str, pairs: list[list[str]]) -> str:
    """Where a posted form is sent on to."""
    request = Request(address, urlencode([(name, value) for name, value in pairs]).encode(), method="POST")
    opener = build_opener(_Stay)
    opener.handler_order = 0  # type: ignore[attr-defined]
    try:
        opener.open(request, timeout=20)
    except OSError as answer:
        return str(answer.headers["Location"])  # type: ignore[attr-defined]
    return ""


@pytest.mark.parametrize(("js", "lang"), [(True, "en"), (False, "zh-Hans")])
def test_with_the_database_away_every_answer_stays(
    pages: Pages, site: Site, wiring: Wiring, js: bool, lang: str
) -> None:
    page, answers = pages(js=js, lang=lang), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    fill(page, answers)
    go_on(page, "/check")
    key = page.locator("[name=_key]").input_value()
    with database_away(site):
        with page.expect_response("**/submit**") as answered:
            main_button(page).click()
        page.get_by_text("Your answers are kept on this phone" if js else "您填写的内容仍在本页中").wait_for()
        expect(page.locator("[name=_key]")).to_have_value(key)
    assert answered.value.status == 503
    assert answered.value.headers["retry-after"]
    looks_right(page, js)
    go_on(page, "/p/")
    assert case_of(wiring, page.url).answers["document_number"] == answers["document_number"]


def test_markup_in_every_text_field_stays_text(pages: Pages, wiring: Wiring) -> None:
    plain = ("family_name", "given_names", "name_zh", "destination_address", "signature_name", "special_care_note")
    answers = traveller(
        wiring, **dict.fromkeys(plain, NAME), seat="<b>&{{", email="a'b@example.com",
        household_registration="elsewhere", registration_elsewhere=MARKUP,
        family_contacts=[
            {"name": "<script>x</script>", "relation": "<i>&", "phone": "139 0013 9000", "reach": "text",
             "language": "en"},
        ],
    )  # fmt: skip
    page = pages()
    page.goto("/d/CKG?flight=CA406")
    fill(page, answers)
    open_step(page, "person")
    page.locator("[name=family_name]").fill(MARKUP)
    go_on(page, "/check")
    expect(page.locator("[name=family_name]")).to_have_value(MARKUP)
    expect(page.locator("#declaration img, #declaration b, #declaration script")).to_have_count(0)
    page.locator("[name=family_name]").fill("<b>LI</b>")
    go_on(page, "/check")
    expect(page.locator("dd", has_text="{{7*7}}")).to_have_text([MARKUP])
    go_on(page, "/p/")
    expect(page.locator(".ws-pass__name")).to_contain_text("<b>LI</b>")
    page.goto(page.url + "/copy")
    expect(page.locator("dd", has_text="<script>x</script>")).to_be_visible()
    expect(page.locator("main img, main b, main i, main script")).to_have_count(0)


def test_questions_that_do_not_apply_are_out_of_sight_with_script_only(pages: Pages) -> None:
    plain, page = pages(js=False), pages()
    for one in (plain, page):
        one.goto("/d/CKG")
    expect(plain.locator("[name=registration_elsewhere]")).to_be_visible()
    open_step(page, "destination")
    expect(page.locator("[name=household_registration]")).to_be_visible()
    expect(page.locator("[name=registration_elsewhere]")).to_be_hidden()
    page.locator("[name=household_registration]").select_option("elsewhere")
    expect(page.locator("[name=registration_elsewhere]")).to_be_visible()
    open_step(page, "health")
    page.locator("[name=symptoms][value=fever]").check()
    page.locator("[name=no_symptoms]").check()
    expect(page.locator("[name=symptoms][value=fever]")).not_to_be_checked()


def test_the_holder_changes_the_answers_of_the_whole_party(pages: Pages, site: Site, wiring: Wiring) -> None:
    page, child = pages(js=False), companion()
    address = declared(site, traveller(wiring, companions=[child]))
    page.goto(address)
    page.locator("button[value=amend]").click()
    page.wait_for_url("**/edit**")
    expect(page.locator("[name='companions.0.document_number']")).to_have_value(child["document_number"])
    page.locator("[name=seat]").fill("1A")
    page.locator("[name='companions.0.seat']").fill("1B")
    sign_anew(page)
    assert_fits(page)
    go_on(page, "/check")
    go_on(page, "/p/")
    assert page.url == address
    kept = case_of(wiring, address)
    assert (kept.answers["seat"], kept.declarations) == ("1A", 2)
    assert wiring.store.get(Case, kept.party[1]).answers["seat"] == "1B"


def sign_anew(page: Page) -> None:
    """Whoever changes answers finds them unsigned, and signs the whole again."""
    for name in ("consent_sensitive", "commitment"):
        expect(page.locator(f"[name={name}]")).not_to_be_checked()
        page.locator(f"[name={name}]").check()
    expect(page.locator("[name=signature_name]")).to_have_value("")
    page.locator("[name=signature_name]").fill("李小明")


def test_other_answers_for_a_known_document_tell_nothing_of_the_first(pages: Pages, site: Site, wiring: Wiring) -> None:
    mine = traveller(wiring)
    first = declared(site, mine)
    second = declare(pages(), {**mine, "phone": "+44 7911 123456", "arrival_date": str(today(wiring) - timedelta(1))})
    assert first != second
    assert case_of(wiring, second).linked_to == case_of(wiring, first).case_id


@pytest.mark.parametrize("js", [True, False])
def test_back_after_a_companion_was_added_finds_every_answer(pages: Pages, wiring: Wiring, js: bool) -> None:
    page = pages(js=js)
    page.goto("/d/CKG?flight=CA406&lang=en")
    add_companion(page)
    page.locator("[name='companions.0.family_name']").wait_for()
    fill(page, traveller(wiring, companions=[companion()]))
    go_on(page, "/check")
    page.go_back()
    open_step(page, "companions")
    expect(page.locator("[name='companions.0.family_name']")).to_be_visible()
    expect(page.locator("[name='family_name']")).to_have_value("LI")
