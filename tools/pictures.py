"""`make pictures`: drives real journeys in a browser and keeps the documents' pictures of them in docs/pictures/."""

import json
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import urllib3
from playwright.sync_api import Page

from infra.local import product
from infra.local.plan import Plan, free_port
from infra.local.stack import Stack
from tests.api_client import Api
from tests.browser.chromium import DESKTOP, Pages, chromium
from tests.browser.declaring import add_companion, fill, go_on, open_step
from tests.intake.example import valid_answers, valid_companion
from tests.journey.steps import DISTRICT, FAMILY, TRAVELLER, eventually, make_key, today
from tools.shift import work_a_shift

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PHONE = (390, 844)


@dataclass
class Shoot:
    """One running product and the pictures of it."""

    stack: Stack
    pages: Pages

    def keep(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Save what the page shows."""
        page.screenshot(path=FOLDER / f"{name}.png", full_page=whole, animations="disabled")
        print(f"docs/pictures/{name}.png")

    def form_and_pass(self) -> str:
        """A family declares on a phone; answers the pass's address."""
        daughter = valid_companion(document_number="E87654321")
        page = self.pages(size=PHONE, lang="zh-Hans")
        page.goto("/d/CKG?flight=CA406&lang=zh-Hans")
        self.keep(page, "form-zh")
        page = self.pages(size=PHONE)
        page.goto("/d/CKG?flight=CA406&lang=en")
        self.keep(page, "form")
        add_companion(page)
        open_step(page, "person")
        fill(page, valid_answers(today(), companions=[daughter]))
        go_on(page, "/check")
        self.keep(page, "check")
        go_on(page, "/p/")
        self.keep(page, "pass")
        return page.url

    def signed_in(self, link: str) -> Page:
        """An officer chooses a password, and is in."""
        page = self.pages(size=DESKTOP)
        page.goto(link.removeprefix(self.stack.addresses.public_base))
        for name, value in {"username": "officer", "password": "three grey herons at dawn"}.items():
            page.locator(f"[name='{name}']").fill(value)
        page.locator("[name='password_again']").fill("three grey herons at dawn")
        page.locator("main button[type='submit']").click()
        page.wait_for_url("**/console**")
        return page

    def console(self, page: Page, found: dict[str, Any]) -> None:
        """The officer looks around."""
        for name, path in {
            "console": "/console", "console-traveller": f"/console/travellers/{found['traveller_id']}",
            "console-dispatch": f"/console/dispatches/{found['dispatch_id']}",
        }.items():  # fmt: skip
            page.goto(path)
            self.keep(page, name)
        page.goto(f"/console/travellers/{found['traveller_id']}?lang=zh-Hans")
        self.keep(page, "console-zh")
        page.goto("/console?lang=en")

    def phones(self) -> None:
        """The simulator's phones with what they received."""
        page = self.pages(size=DESKTOP)
        page.goto(self.stack.addresses.provider)
        page.get_by_text("+86").first.wait_for()
        self.keep(page, "phones")


def on_the_road(stack: Stack, token: str) -> dict[str, Any]:
    """The family, registered, aboard and gone; answers the ids."""
    api = Api(stack.addresses.public_base, make_key(stack, "coordination"))
    (first, *_) = api("GET", "/travellers").body["items"]
    party = api("GET", f"/travellers/{first['party_id']}").body["party"]
    for case in party:
        api.verb(case, "verify")
        api.verb(case, "register")
    vehicle = {"plate": "渝A12345", "kind": "bus", "capacity": 40}
    asked = {"district": "yuzhong", "vehicle": vehicle, "escort": {"name": "王强", "phone": "138 0013 8111"}}
    dispatch = api("POST", "/dispatches", {**asked, "traveller_ids": party}).body["dispatch_id"]
    for case in party:
        api("POST", f"/dispatches/{dispatch}/board", {"traveller_id": case})
    api("POST", f"/dispatches/{dispatch}/depart", {})
    for phone in (FAMILY, TRAVELLER, DISTRICT):
        eventually(partial(_texts, stack, phone))
    return {"traveller_id": party[0], "dispatch_id": dispatch}


def _texts(stack: Stack, phone: str) -> Any:
    url = f"{stack.addresses.provider}/messages?to={phone.replace('+', '%2B')}"
    return json.loads(urllib3.request("GET", url).data)["items"]


def main() -> int:
    """Bring the product up on free ports, shoot, and take it down."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, chromium() as browser:
        plan = Plan(web_port=free_port(), aws_port=free_port(), sms_port=free_port(), home=Path(home))
        with product.running(plan, print) as stack:
            link = product.seed(stack)
            shoot = Shoot(stack, Pages(browser, stack.addresses.public_base))
            found = on_the_road(stack, shoot.form_and_pass())
            page = shoot.signed_in(link)
            shoot.console(page, found)
            shoot.phones()
            work_a_shift(page, Api(stack.addresses.public_base, make_key(stack, "coordination")), stack, shoot.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
