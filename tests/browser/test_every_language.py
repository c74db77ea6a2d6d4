"""Every language that travellers are offered, on the narrowest phone: nothing goes sideways, and no word is torn."""

from playwright.sync_api import Page, expect

from chalicelib.intake import forms
from chalicelib.web.language import LANGUAGES, direction_of
from chalicelib.wiring import Wiring
from tests.browser.chromium import Pages, assert_axe_clean, assert_fits
from tests.browser.declaring import declared, fill, go_on, main_button, speak, traveller
from tests.browser.serving import Site

NARROW = (320, 640)
OFFERED = forms.load("arrival", 1).languages
# Words of scripts that put spaces between them; the browser may divide one where the style asks it to.
TORN = r"""() => {
  const torn = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const divides = style => style.hyphens === "auto" || style.overflowWrap === "anywhere";
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement, range = document.createRange();
    if (!holder.checkVisibility() || holder.closest("select") || divides(getComputedStyle(holder))) continue;
    for (const word of node.data.matchAll(/[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hangul}\p{M}]+/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set(Array.from(range.getClientRects(), one => Math.round(one.top))).size > 1) torn.push(word[0]);
    }
  }
  return torn;
}"""


def looks_right(page: Page, language: str) -> None:
    expect(page.locator(f"html[lang='{language}'][dir='{direction_of(language)}']")).to_have_count(1)
    assert_fits(page)
    assert page.evaluate(TORN) == [], language


def test_the_form_with_all_its_faults_and_the_pass(pages: Pages, site: Site, wiring: Wiring) -> None:
    page, address = pages(size=NARROW), declared(site, traveller(wiring))
    page.add_init_script("localStorage.clear()")
    for language in OFFERED:
        page.goto(f"/d/CKG?flight=CA406&lang={language}")
        main_button(page).click()
        expect(page.locator("[data-error-summary]")).to_be_focused()
        looks_right(page, language)
        page.locator("[data-view=whole]").click()
        go_on(page, "/check")
        expect(page.locator("[data-error-summary]")).to_be_visible()
        looks_right(page, language)
        page.goto(f"{address}?lang={language}")
        looks_right(page, language)
        assert_axe_clean(page)


def test_answers_read_back(pages: Pages, wiring: Wiring) -> None:
    page = pages(size=NARROW)
    page.goto("/d/CKG?flight=CA406&lang=en")
    fill(page, traveller(wiring, special_care=["elderly"]))
    go_on(page, "/check")
    for language in OFFERED:
        speak(page, LANGUAGES[language].name)
        page.wait_for_url(f"**/check?lang={language}")
        looks_right(page, language)
        assert_axe_clean(page)


def test_every_language_of_pages_has_the_form() -> None:
    assert sorted(OFFERED) == sorted(LANGUAGES)
