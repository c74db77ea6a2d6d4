"""A traveller at a browser: answers typed into the page as a person would, whatever its language."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from playwright.sync_api import Locator, Page

from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.domain.calendar import local_date
from chalicelib.intake.posted import flatten
from chalicelib.web.traveller.checking import declaration_of
from chalicelib.web.traveller.members import token_for
from chalicelib.web.traveller.sheet import sheet_at
from chalicelib.wiring import Wiring
from tests.browser.serving import POINT, Site
from tests.intake.example import valid_answers, valid_companion

_numbers = count(10_000_001)


def today(wiring: Wiring) -> date:
    """The date at the point."""
    return local_date(wiring.clock(), wiring.places.point(POINT).time_zone)


def traveller(wiring: Wiring, **overrides: Any) -> dict[str, Any]:
    """Answers that the form takes, of a person with a document of their own."""
    return valid_answers(today(wiring), **{"document_number": f"E{next(_numbers)}", **overrides})


def companion(**overrides: Any) -> dict[str, Any]:
    """A companion with a document of their own."""
    return valid_companion(**{"document_number": f"E{next(_numbers)}", **overrides})


def speak(page: Page, language: str) -> None:
    """Choose a language by its own name, from the list that folds away."""
    page.locator(".ws-languages__open").first.click()
    page.locator(".ws-languages__one", has_text=language).first.click()


ASKED = """() => Array.from(document.querySelectorAll("#declaration [name]")).filter(box => box.type !== "hidden")
  .map(box => [box.name, box.type, (box.closest(".ws-step[id]") || {}).id || ""])"""


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    """Type and tick every answer in the order of the page, found by the name that it is posted under."""
    asked = {name: (kind, step) for name, kind, step in page.evaluate(ASKED)}
    places = {name.removesuffix(".day"): place for place, name in enumerate(asked)}
    for name, value in sorted(flatten(answers), key=lambda pair: places.get(pair[0], 0)):
        kind, step = asked.get(name) or asked[f"{name}.day"]
        reach(page, step)
        _answer(page, name, value, kind if name in asked else "date")


def fill_in(page: Page, name: str, value: str) -> None:
    """Type or tick one answer that is in sight."""
    asked = {name: kind for name, kind, _ in page.evaluate(ASKED)}
    _answer(page, name, value, asked.get(name, "date"))


def _answer(page: Page, name: str, value: str, kind: str) -> None:
    box = page.locator(f"[name='{name}']")
    if kind == "date":
        for part, typed in zip(("year", "month", "day"), value.split("-"), strict=True):
            page.locator(f"[name='{name}.{part}']").fill(typed.lstrip("0"))
    elif kind in ("radio", "checkbox"):
        page.locator(f"[name='{name}'][value='{value}']").check()
    elif kind == "select-one":
        box.select_option(value)
    else:
        box.fill(value)


def main_button(page: Page) -> Locator:
    """The button that goes on: Continue, Sign and send, Try again."""
    return page.locator("#declaration [data-sending]")


WHERE = """() => { const form = document.getElementById("declaration");
  return form && form.querySelector(".ws-step[hidden]") ? form.querySelector(".ws-step:not([hidden])").id : ""; }"""
STEPS = "() => Array.from(document.querySelectorAll('.ws-step[id]')).map(step => step.id)"


def reach(page: Page, step: str) -> None:
    """Go to a step, forward or back, as far as the form shows one at a time."""
    while (here := page.evaluate(WHERE)) and step and step != here:
        steps = page.evaluate(STEPS)
        button = main_button(page) if steps.index(here) < steps.index(step) else page.locator("[data-back]")
        button.click()
        page.locator(f"#{here}").wait_for(state="hidden")


def open_step(page: Page, step: str) -> None:
    """Open a step by its address, as a link to it does, whatever the others hold."""
    if page.evaluate(WHERE):
        page.evaluate("step => { location.hash = `step-${step}`; }", step)
        page.locator(f"#step-{step}").wait_for()


def go_on(page: Page, leads_to: str) -> None:
    """Press the button, through all steps that are left, and wait for what it leads to: a part of the address."""
    while here := page.evaluate(WHERE):
        page.evaluate("() => { window.pressed = true; }")
        main_button(page).click()
        page.wait_for_function(f"here => !window.pressed || ({WHERE})() !== here", arg=here)
        if not page.evaluate("() => window.pressed"):
            break
    else:
        main_button(page).click()
    page.wait_for_url(f"**{leads_to}**")


def declare(page: Page, answers: Mapping[str, Any], language: str = "en") -> str:
    """From the empty form to the pass; answers the pass's address."""
    page.goto(f"/d/{POINT}?flight=CA406&lang={language}")
    for _ in answers.get("companions", []):
        add_companion(page)
    fill(page, answers)
    go_on(page, "/check")
    go_on(page, "/p/")
    return page.url


def declared(site: Site, answers: Mapping[str, Any], language: str = "en") -> str:
    """The address of the pass of a declaration that was kept without a browser."""
    sheet = sheet_at(POINT, language)
    receipt = submit_declaration(site.wiring.ports, declaration_of(sheet, sheet.read(flatten(answers)), ""))
    first = receipt.party[0]
    return site.at(f"/p/{token_for(first.traveller_id, receipt.point, first.intake_date)}")


def add_companion(page: Page) -> None:
    """Press the button below the companions, and wait for the whole page with one more."""
    documents = page.locator("#declaration [name$='.document_number']")
    already = documents.count()
    open_step(page, "companions")
    page.locator("button[value='add:companions']").click()
    documents.nth(already).wait_for()
    page.wait_for_load_state("domcontentloaded")
