"""Answers full of markup and template code: on every page that links lead to they are text, and nothing else."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import urldefrag

import pytest
from chalice import Chalice

from chalicelib.domain.case import Case
from chalicelib.web.entrance import Entrance
from chalicelib.web.traveller.members import token_for
from tests.intake.example import valid_companion
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.world import World

ODD = {
    "family_name": "<u id=odd>{{odd}}",
    "given_names": "'\"><img src=odd onerror=odd>",
    "name_zh": "</title><script>odd",
    "signature_name": "${odd}<svg onload=odd>",
    "registration_elsewhere": "<!--<u id=odd>",
    "destination_address": "</textarea><u id=odd>",
    "special_care_note": "]]><u id=odd>\n{%raw%}",
    "seat": "<u>12A",
}
FAMILY = {"name": "<u id=odd>&amp;", "relation": '"onfocus=odd <i', "phone": "139 0013 9000", "language": "en"}
DESKS = ("coordination", "onsite", "hotel", "admin")
LEADS = re.compile(r'href="(/[^"]*)"')
NOBODY_THERE = ("/static/", "/console/sign", "lang=", "/console/templates/", "/console/districts/")
"""Pages that hold nothing of travellers, or what was seen already in another language."""


class Odd(HTMLParser):
    """What a browser would make of a page: elements and attributes that only an answer can have brought."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if "odd" in (known.get("id"), known.get("src")) or any(name.startswith("on") for name in known):
            self.found.append(self.get_starttag_text() or tag)
        if tag == "script" and not known.get("src"):
            self.found.append(tag)


def markup_in(seen: dict[str, str]) -> dict[str, list[str]]:
    """By path, what answers brought into the page that is more than text."""
    found = {}
    for path, page in seen.items():
        parser = Odd()
        parser.feed(page)
        found[path] = parser.found
    return {path: odd for path, odd in found.items() if odd}


def pages(browser: Browser, *starts: str) -> dict[str, str]:
    """Every page that links lead to from these, once."""
    seen: dict[str, str] = {}
    ahead = list(starts)
    while ahead:
        path = ahead.pop()
        if path in seen or any(part in path for part in NOBODY_THERE):
            continue
        answer = browser.get(path)
        assert answer.status < 500, path
        seen[path] = answer.text
        ahead += [urldefrag(found.replace("&amp;", "&")).url for found in LEADS.findall(answer.text)]
        ahead += [answer.headers["location"]] if answer.status in (302, 303) else []
    return seen


@pytest.fixture
def odd(world: World) -> Case:
    """Somebody whose every free answer is markup, with a companion like them, on the way and told about."""
    other = {key: ODD[key] for key in ("family_name", "given_names", "name_zh", "special_care_note", "seat")}
    companion = valid_companion(relation="<u id=odd>", document_number="E44444444", **other)
    first, second = world.declare(
        companions=(companion,), household_registration="elsewhere", destination_district="yuzhong",
        family_contacts=[FAMILY], **ODD,
    )  # fmt: skip
    world.departed(world.move(first, "verify", "register"), world.move(second, "verify", "register"))
    return world.ports.store.get(Case, first)


def test_markup_is_text_on_every_page_of_officers(odd: Case, sign_in: SignIn) -> None:
    browser = sign_in(*DESKS)
    one = f"/console/travellers/{odd.case_id}"
    seen = pages(browser, "/console", one, f"{one}/correct")
    (search,) = (form for form in browser.get("/console").forms if form["action"].endswith("/search"))
    seen["search"] = browser.submit(search, q=ODD["family_name"]).text
    assert markup_in(seen) == {}
    said = html.unescape("".join(seen.values()))
    assert [value for value in (*ODD.values(), FAMILY["name"], FAMILY["relation"]) if value not in said] == []


def test_markup_is_text_on_the_travellers_pages(odd: Case, world: World, app: Chalice, entrance: Entrance) -> None:
    browser = Browser(app, entrance)
    seen = pages(browser, f"/p/{token_for(odd.case_id, odd.point, odd.intake_date)}")
    assert len(seen) > 3
    assert markup_in(seen) == {}
    assert ODD["given_names"] in html.unescape("".join(seen.values()))
