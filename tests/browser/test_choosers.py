"""Countries and districts are searched by any name they have, by keyboard alone; the select is what is posted."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from chalicelib.intake import countries
from chalicelib.wiring import Wiring
from tests.browser.bundles import ROOT, module
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import add_companion, fill, main_button, open_step, traveller

SEARCH = tomllib.loads(Path(ROOT / "forms/search/countries.toml").read_text("utf-8"))
PINYIN = SEARCH["pinyin"]


def box(page: Page, name: str) -> Locator:
    """The box that stands for a select, once the script has come."""
    page.keyboard.press("Shift")  # it comes with the first sign of somebody
    found = page.locator(f"#{name.replace('.', '-')}[role=combobox]")
    found.wait_for(state="attached")
    return found


def choosing(page: Page, name: str) -> Callable[[str], str]:
    """Type, take the first with Enter, and answer what is posted then."""
    typing = box(page, name)

    def choose(text: str) -> str:
        typing.fill(text)
        typing.press("Enter")
        return page.locator(f"select[name='{name}']").input_value()

    return choose


def test_a_country_is_found_by_every_name_and_by_pinyin(pages: Pages) -> None:
    page = pages(lang="zh-Hans")
    page.goto("/d/CKG?flight=CA406&lang=zh-Hans")
    country, district = choosing(page, "nationality"), choosing(page, "household_registration")
    typed = ("意大利", "yidali", "yi da li", "Italy", "ital", "ydl", "IT", "UK", "meiguo", "cote d'iv", "oland")
    assert [country(text) for text in typed] == ["IT"] * 7 + ["GB", "US", "CI", "PL"]
    open_step(page, "destination")
    assert [district(text) for text in ("渝中", "yuzhong", "Yuzh", "外省")] == ["yuzhong"] * 3 + ["elsewhere"]
    open_step(page, "person")
    expect(box(page, "nationality")).to_have_value("波兰")
    box(page, "nationality").fill("zhong")
    expect(page.locator("#nationality-list [role=option]").first).to_have_text("中非共和国")
    expect(page.locator(".ws-chooser [role=status]").first).to_have_text("找到 5 项")
    assert_axe_clean(page)
    assert_fits(page)


def test_with_the_keyboard_alone(pages: Pages, wiring: Wiring) -> None:
    page, answers = pages(), traveller(wiring)
    page.goto("/d/CKG?flight=CA406")
    typing, posted = box(page, "nationality"), page.locator("select[name=nationality]")
    typing.focus()
    typing.press("ArrowDown")
    expect(typing).to_have_attribute("aria-expanded", "true")
    typing.press("ArrowDown")
    expect(typing).to_have_attribute("aria-activedescendant", "nationality-list-1")
    typing.press("Enter")
    second = page.locator("select[name=nationality] option").nth(2).get_attribute("value")
    expect(posted).to_have_value(second or "")
    typing.press("ArrowUp")
    typing.press("Escape")
    expect(typing).to_have_attribute("aria-expanded", "false")
    expect(posted).to_have_value(second or "")
    typing.fill("ITALY")
    typing.press("Tab")
    expect(posted).to_have_value("IT")
    expect(typing).to_have_value("Italy")
    typing.fill("Atlantis")
    typing.press("Tab")
    expect(posted).to_have_value("")
    expect(typing).to_have_value("Atlantis")
    expect(page.locator(".ws-chooser [role=status]").first).to_contain_text("Nothing found")
    fill(page, answers)
    expect(typing).to_have_value("China")
    add_companion(page)
    assert choosing(page, "companions.0.nationality")("zhongguo") == "CN"
    page.locator("select[name='companions.0.nationality']").select_option("")
    page.locator("button[value='remove:companions.0']").click()
    open_step(page, "person")
    page.locator("select[name=document_country]").select_option("")
    main_button(page).click()
    left_open = box(page, "document_country")
    page.locator("[data-error-summary] a[href='#document_country']").click()
    expect(left_open).to_be_focused()


def test_without_script_the_list_stays(pages: Pages) -> None:
    page = pages(js=False)
    page.goto("/d/CKG?flight=CA406")
    expect(page.locator("select#nationality")).to_be_visible()
    expect(page.locator("[role=combobox]")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_country_is_the_first_for_each_of_its_names(pages: Pages, language: str) -> None:
    page = pages()
    page.goto("/")
    page.evaluate(f"() => {{ {module('choosers/finding.js', 'finding')} }}")
    english, chinese, local = countries.names("en"), countries.names("zh-Hans"), countries.names(language)
    names = {code: [local[code], english[code], chinese[code], PINYIN[code]] for code in local}
    firsts = page.evaluate(FIRSTS, names)
    wrong = {code: found for code, found in firsts.items() if set(found) != {code}}
    assert not wrong
    assert set(PINYIN) == set(local)


FIRSTS = """names => {
  const entries = Object.keys(names).map(value => ({ value, keys: finding.keysOf(names[value].slice()) }));
  const first = text => (finding.found(entries, text)[0] || {}).value;
  return Object.fromEntries(Object.keys(names).map(code => [code, names[code].map(first)]));
}"""
