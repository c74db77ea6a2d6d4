"""The traveller's pages for `make sheet`: from the entrance to the certificate, and whatever can go wrong between."""

from functools import partial
from typing import Any

from playwright.sync_api import Page

from chalicelib.domain.case import Case
from chalicelib.web.traveller.members import token_for
from tests.browser.declaring import add_companion, companion, fill, go_on, main_button, open_step, traveller
from tests.browser.serving import POINT, Site
from tools.sheet_people import People
from tools.sheet_shot import Act, Shot, typed

LATER_STEPS = ("contact", "places", "family", "signature")
"""Each has something that no other step has."""


def traveller_pages(site: Site, people: People) -> list[Shot]:
    """Every page that needs no officer."""
    return [*_declaring(site), *_passes(people), *_others(people)]


def _declaring(site: Site) -> list[Shot]:
    form = f"/d/{POINT}?flight=CA406"
    answers = traveller(site.wiring)
    return [
        Shot("entrance", "/"),
        Shot("form", form),
        Shot("form-plain", form, script=False),
        Shot("form-elder", f"{form}&mode=elder"),
        Shot("form-elder-question", f"{form}&mode=elder", partial(open_step, step="health")),
        Shot("form-missing", form, lambda page: main_button(page).click()),
        Shot("form-errors", form, _all_on_one_page),
        *(Shot(f"form-{step}", form, partial(open_step, step=step)) for step in LATER_STEPS),
        Shot("form-check", form, lambda page: _checked(page, answers)),
        Shot("form-companion", form, add_companion),
        Shot("receipt", form, lambda page: _sent(page, traveller(site.wiring))),
    ]


def _checked(page: Page, answers: dict[str, Any]) -> None:
    fill(page, answers)
    go_on(page, "/check")


def _all_on_one_page(page: Page) -> None:
    page.locator("[data-view=whole]").click()
    go_on(page, "/check")


def _sent(page: Page, answers: dict[str, Any]) -> None:
    add_companion(page)
    open_step(page, "person")
    _checked(page, {**answers, "companions": [companion()]})
    go_on(page, "/p/")


def _pass(case: Case) -> str:
    return f"/p/{token_for(case.case_id, case.point, case.intake_date)}"


def _passes(people: People) -> list[Shot]:
    shots = [Shot(f"pass-{state}", _pass(case)) for state, case in people.of.items()]
    declared, checkin = people.of["declared"], _pass(people.of["in_quarantine"]) + "/checkin"
    checked = [
        Shot("checkin", checkin),
        Shot("checkin-errors", checkin, lambda page: typed(page, {"temperature": "98.6"})),
        Shot("checkin-done", checkin, _told),
    ]
    return [*shots, *checked, Shot("amend", _pass(declared), _amend), Shot("copy", _pass(declared) + "/copy")]


def _told(page: Page) -> None:
    page.locator("[name=symptoms][value=dry_cough]").check()
    typed(page, {"temperature": "38.2"})


def _amend(page: Page) -> None:
    page.locator("button[value=amend]").click()
    page.wait_for_url("**/edit**")


def _others(people: People) -> list[Shot]:
    def check(code: str) -> Act:
        return lambda page: typed(page, {"code": code})

    lost = {"reference": "7K3M-9QX2-0ABC", "document_number": "E1", "date_of_birth.day": "1"}
    return [
        Shot("verify", "/verify"),
        Shot("verify-empty", "/verify", check("")),
        Shot("verify-certificate", "/verify", check(people.of["released"].reference)),
        Shot("verify-pass", "/verify", check(_pass(people.of["declared"]))),
        Shot("verify-invalid", "/verify", check("7K3M-9QX2-0ABC")),
        Shot("recover", "/recover"),
        Shot("recover-wrong", "/recover", partial(typed, answers=lost)),
        Shot("blank", f"/forms/arrival/print?point={POINT}&flight=CA406"),
        Shot("blank-checkin", "/forms/quarantine_checkin/print"),
        Shot("poster", f"/posters/{POINT}?gate=B7&flight=CA406"),
        Shot("poster-old", f"/posters/{POINT}/old"),
        Shot("point-unknown", "/d/XXX"),
        Shot("pass-unknown", "/p/NOTHING"),
        Shot("address-unknown", "/nothing/here"),
    ]
