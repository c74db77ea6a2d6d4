"""Signing in and out, and the one-time link, through the pages."""

import pytest
from chalice import Chalice

from chalicelib.domain.officers import Officer
from chalicelib.web.entrance import Entrance
from tests.web.browser import PASSWORD, Browser, officer


@pytest.fixture
def chen(entrance: Entrance) -> Officer:
    gate = entrance.gate
    token = gate.links.invite(Officer(officer_id="chen", display_name="陈警官", desks=frozenset({"onsite"})))
    return gate.accept(token, "chen", PASSWORD, PASSWORD).officer


def test_in_to_the_page_that_was_asked_for_and_out(browser: Browser, chen: Officer) -> None:
    door = browser.follow(browser.get("/console?x=1"))
    answer = browser.submit(door.forms[0], username="chen", password=PASSWORD)
    assert (answer.status, answer.headers["location"]) == (303, "/console?x=1")
    assert list(browser.cookies) == ["ws_session"]
    home = browser.follow(answer)
    assert "陈警官" in home.text
    assert browser.get("/console/sign-in").status == 303
    cookie = browser.cookies["ws_session"]
    out = browser.submit(next(form for form in home.forms if form["action"] == "/console/sign-out"))
    assert "You are signed out." in browser.follow(out).text
    browser.cookies["ws_session"] = cookie
    assert browser.get("/console").status == 303


def test_attributes_of_the_session_cookie(browser: Browser, chen: Officer) -> None:
    door = browser.get("/console/sign-in")
    browser.submit(door.forms[0], username="chen", password=PASSWORD)
    jar = browser.entrance
    assert not jar.https
    from chalicelib.web.cookies import Jar

    assert Jar(True).set("ws_session", "x") == "__Host-ws_session=x; Path=/; HttpOnly; SameSite=Lax; Secure"
    assert Jar(False).set("ws_session", "x") == "ws_session=x; Path=/; HttpOnly; SameSite=Lax"


def test_wrong_says_no_more_than_wrong(browser: Browser, chen: Officer) -> None:
    form = browser.get("/console/sign-in").forms[0]
    texts = []
    for name in ("chen", "nobody"):
        answer = browser.submit(form, username=name, password="wrong")
        assert answer.status == 422
        assert "wrong" not in answer.forms[0]["fields"]["password"]
        texts.append(answer.text.replace(f'value="{name}"', ""))
    assert texts[0] == texts[1]


def test_too_many_tries_are_told_in_seconds(browser: Browser, chen: Officer) -> None:
    form = browser.get("/console/sign-in?lang=zh-Hans").forms[0]
    for _ in range(5):
        assert browser.submit(form, username="chen", password="wrong").status == 422
    answer = browser.submit(form, username="chen", password=PASSWORD)
    assert answer.status == 429
    assert "30 秒" in answer.text


def test_the_next_page_is_one_of_ours(browser: Browser, chen: Officer) -> None:
    form = browser.get("/console/sign-in?next=https://evil.test").forms[0]
    assert form["fields"]["next"] == "/console"
    answer = browser.submit(form, username="chen", password=PASSWORD, next="//evil.test")
    assert answer.headers["location"] == "/console"


def test_the_first_admin_chooses_and_is_in(browser: Browser, entrance: Entrance) -> None:
    token = entrance.gate.links.first_admin()
    page = browser.get(f"/console/setup/{token}")
    assert "Administration" in page.text
    weak = browser.submit(page.forms[0], username="<b>", password="short", password_again="other")
    assert weak.status == 422
    assert "Use letters, digits" in weak.text
    assert "The two passwords are not the same" in weak.text
    assert "short" not in weak.text
    done = browser.submit(weak.forms[0], username="boss", password=PASSWORD, password_again=PASSWORD)
    assert done.status == 303
    assert 'href="/console/officers"' in browser.follow(done).text
    assert browser.get(f"/console/setup/{token}").status == 404


def test_a_spent_link_says_so_and_leads_to_the_sign_in_page(browser: Browser, app: Chalice, entrance: Entrance) -> None:
    token = entrance.gate.links.first_admin()
    form = browser.get(f"/console/setup/{token}").forms[0]
    late = Browser(app, entrance)
    late_form = late.get(f"/console/setup/{token}").forms[0]
    choice = {"username": "boss", "password": PASSWORD, "password_again": PASSWORD}
    assert browser.submit(form, **choice).status == 303
    for answer in (late.submit(late_form, **choice), late.get(f"/console/setup/{token}"), late.get("/console/setup/x")):
        assert answer.status == 404
        assert "This link no longer works" in answer.text
        assert 'href="/console/sign-in"' in answer.text


def test_a_new_link_keeps_the_username(browser: Browser, chen: Officer, entrance: Entrance) -> None:
    page = browser.get(f"/console/setup/{entrance.gate.links.issue('chen')}")
    assert page.forms[0]["fields"]["username"] == "chen"
    fresh = "a quite different phrase"
    assert browser.submit(page.forms[0], password=fresh, password_again=fresh).status == 303
    assert entrance.gate.sign_in("chen", fresh).officer == chen


def test_the_console_speaks_the_officers_language(browser: Browser) -> None:
    browser.sign_in(officer("admin", language="zh-Hans"))
    assert "新工作人员" in browser.get("/console/officers").text
    assert "A new officer" in browser.get("/console/officers?lang=en").text
    assert "A new officer" in browser.get("/console/officers").text


@pytest.mark.parametrize(
    ("desk", "seen", "hidden"),
    [
        ("onsite", "/console/onsite", "/console/officers"),
        ("admin", "/console/officers", "/console/search"),
        ("flights", "/console/flights", "/console/search"),
    ],
)
def test_each_desk_sees_its_sections(browser: Browser, desk: str, seen: str, hidden: str) -> None:
    text = browser.sign_in(officer(desk)).get("/console").text
    assert seen in text
    assert hidden not in text


def test_a_desk_without_a_section(browser: Browser) -> None:
    assert "ws-nav__link" not in browser.sign_in(officer("media")).get("/console").text
