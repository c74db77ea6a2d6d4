"""A shift as docs/how-to/officer.md tells it, worked in the console of a running product, with its pictures."""

import json
from collections.abc import Callable
from typing import Any

import urllib3
from playwright.sync_api import Page

from infra.local.stack import Stack
from tests.api_client import Api
from tests.browser.officers import press
from tests.intake.example import valid_answers, valid_companion
from tests.journey.steps import eventually, today

Keep = Callable[[Page, str], None]
SIZE = {"width": 960, "height": 800}
LANDLINE, UNREACHABLE = "023 6715 2001", "+8613900139404"
PATIENT, TWICE, MOTHER, DAUGHTER, BROTHER = ("E30000001", "E30000002", "E30000003", "E30000004", "E30000005")


def declared(api: Api, document: str, **answers: Any) -> list[str]:
    """Somebody declares; answers the ids of the party, the declarer's first."""
    body = {"form": "arrival", "version": 1, "language": "en", "point": "CKG"}
    said = valid_answers(today(), document_number=document, **answers)
    receipt = api("POST", "/declarations", body | {"answers": said})
    return [member["traveller_id"] for member in receipt.body["party"]]


def contact(phone: str, reach: str = "text") -> list[dict[str, str]]:
    """The one family contact."""
    return [{"name": "Li Hua", "relation": "mother", "phone": phone, "reach": reach, "language": "en"}]


def people(api: Api) -> dict[str, list[str]]:
    """Whom the shift meets."""
    daughter = valid_companion(document_number=DAUGHTER, family_name="WANG", given_names="MEI", name_zh="王梅")
    mother = {"family_name": "WANG", "given_names": "FANG", "name_zh": "王芳", "companions": [daughter]}
    brother = {"family_name": "CHEN", "given_names": "WEI", "name_zh": "陈伟", "seat": "41C"}
    ill = {"family_name": "ZHAO", "given_names": "MIN", "name_zh": "赵敏", "symptoms": ["fever", "dry_cough"]}
    twice = {"family_name": "SUN", "given_names": "LEI", "name_zh": "孙磊"}
    declared(api, TWICE, **twice)
    return {
        "ill": declared(api, PATIENT, **ill, no_symptoms=False),
        "twice": declared(api, TWICE, **twice | {"seat": "12F"}, phone="138 0013 8777"),
        "family": declared(api, MOTHER, **mother, family_contacts=contact(LANDLINE, "call")),
        "brother": declared(api, BROTHER, **brother, family_contacts=contact(UNREACHABLE)),
    }


def work_a_shift(page: Page, api: Api, stack: Stack, keep: Keep) -> None:
    """From the on-site desk to the calls: each page as it looks when there is something to do."""
    faults = json.dumps({"reject": {UNREACHABLE: 21614}})
    urllib3.request("PUT", f"{stack.addresses.provider}/faults", body=faults)
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    met = people(api)
    page.goto("/console/onsite")
    keep(page, "officer-onsite")
    page.goto(f"/console/travellers/{met['twice'][0]}")
    page.locator(".ws-linked").scroll_into_view_if_needed()
    keep(page, "officer-twice")
    aboard = _fill_a_vehicle(page, [*met["family"], *met["brother"]], keep)
    _hand_over(page, aboard, keep)
    page.goto(f"/console/travellers/{aboard[0]}")
    keep(page, "officer-quarantine")
    _tell(page, api, met["brother"][0], keep)


def _fill_a_vehicle(page: Page, travellers: list[str], keep: Keep) -> list[str]:
    for case in travellers:
        page.goto(f"/console/travellers/{case}")
        press(page, "/verify")
        press(page, "/register")
    page.locator("a[href*='/console/waiting/']").first.click()
    for case in travellers:
        page.locator(f"[name=traveller][value='{case}']").check()
    keep(page, "officer-zone")
    page.locator("[name=district]").select_option("yuzhong")
    for name, value in {"plate": "渝B67890", "capacity": "20", "escort": "Chen", "phone": "137 0013 7000"}.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, "/console/dispatches")
    for case in travellers[:-1]:
        _board(page, case)
    keep(page, "officer-boarding")
    _board(page, travellers[-1])
    press(page, "/depart")
    return travellers


def _board(page: Page, case: str) -> None:
    with page.expect_navigation():
        page.locator(f"form[action$='/board']:has([value='{case}']) button").click()


def _hand_over(page: Page, aboard: list[str], keep: Keep) -> None:
    for case in aboard[:-1]:
        page.locator(f"[name=present][value='{case}']").check()
    press(page, "/arrive")
    page.evaluate("scrollTo(0, 0)")
    keep(page, "officer-missing")
    press(page, "/acknowledge")


def _tell(page: Page, api: Api, case: str, keep: Keep) -> None:
    eventually(lambda: api("GET", f"/messages?traveller_id={case}&state=failed").body["items"])
    page.goto("/console/calls")
    keep(page, "officer-calls")
    page.goto("/console/messages")
    keep(page, "officer-messages")
