"""The pages for officers and keys."""

import re
from collections.abc import Iterator

import pytest
from chalice import Chalice

from chalicelib import wiring as parts
from chalicelib.web.entrance import Entrance
from tests.web.browser import PASSWORD, Browser, Clock, officer
from tests.web.console.world import memory_wiring


@pytest.fixture
def boss(browser: Browser) -> Browser:
    return browser.sign_in(officer("admin", officer_id="boss"))


@pytest.fixture
def districts(clock: Clock) -> Iterator[None]:
    """Reference data; without it these pages work as well, and there is no district to choose."""
    with parts.override(memory_wiring(clock)):
        yield


def link_in(text: str) -> str:
    found = re.search(r"<code>http://127.0.0.1:8000(/console/setup/[^<]+)</code>", text)
    assert found
    return found[1]


def test_inviting_shows_a_link_once_that_works(boss: Browser, app: Chalice, entrance: Entrance) -> None:
    fields = {"display_name": "陈 <b>", "desks": ["onsite", "hotel"], "language": "zh-Hans"}
    answer = boss.post("/console/officers", fields)
    assert "陈 &lt;b&gt;" in answer.text
    # The form is for the next officer: nothing of this one stands in it.
    assert answer.text.count("陈 &lt;b&gt;") == 2
    assert "checked" not in answer.text
    other = Browser(app, entrance)
    page = other.get(link_in(answer.text))
    done = other.submit(page.forms[0], username="chen", password=PASSWORD, password_again=PASSWORD)
    assert "待转运" in other.follow(done).text
    assert "setup" not in boss.get("/console/officers").text


@pytest.mark.usefixtures("districts")
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"display_name": "x"}, "Choose at least one desk"),
        ({"desks": ["kitchen"]}, "Choose a desk from the list"),
        ({"desks": ["district"]}, "Choose the district of the district desk"),
        ({"desks": ["onsite"], "district": "yuzhong"}, "Only the district desk has a district"),
    ],
)
def test_what_cannot_be_invited(boss: Browser, fields: dict[str, object], sentence: str) -> None:
    answer = boss.post("/console/officers", fields)
    assert answer.status == 422
    assert sentence in answer.text


def test_closing_and_opening(boss: Browser, app: Chalice, entrance: Entrance) -> None:
    other = Browser(app, entrance).sign_in(officer("onsite", officer_id="chen"))
    assert boss.follow(boss.post("/console/officers/chen/close", {})).text.count("Closed") == 1
    assert other.get("/console").status == 303
    assert "open again" in boss.follow(boss.post("/console/officers/chen/open", {})).text
    assert link_in(boss.post("/console/officers/chen/link", {}).text)


def test_changes_that_are_none(boss: Browser) -> None:
    assert boss.post("/console/officers/boss/close", {}).status == 409
    assert boss.post("/console/officers/nobody/close", {}).status == 404
    assert boss.post("/console/officers/nobody/link", {}).status == 404
    assert boss.post("/console/officers/boss/dance", {}).status == 404


@pytest.mark.usefixtures("districts")
def test_a_key_is_shown_once_and_withdrawn(boss: Browser, entrance: Entrance) -> None:
    assert "No keys yet" in boss.get("/console/keys").text
    made = boss.post("/console/keys", {"desk": "district", "district": "yuzhong"})
    found = re.search(r"wsk_([0-9a-f]+)_[\w-]+", made.text)
    assert found
    assert entrance.gate.keys.officer(found[0]).district == "yuzhong"
    assert found[0] not in boss.get("/console/keys").text
    assert "Withdrawn" in boss.follow(boss.post(f"/console/keys/{found[1]}/withdraw", {})).text
    assert boss.post("/console/keys/none/withdraw", {}).status == 404


def test_a_key_needs_a_desk(boss: Browser) -> None:
    assert "Choose a desk from the list" in boss.post("/console/keys", {"desk": "kitchen"}).text
    assert "Choose the district" in boss.post("/console/keys", {"desk": "district"}).text


@pytest.mark.parametrize("path", ["/console/officers", "/console/keys"])
def test_nobody_else_comes_here(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 303
    browser.sign_in(officer("onsite"))
    assert browser.get(path).status == 403
    assert browser.post(path, {"desks": ["admin"], "desk": "admin"}).status == 403
