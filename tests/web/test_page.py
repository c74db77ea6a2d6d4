"""What `@page` does for every page, shown on pages made for it."""

import logging

import pytest
from chalice import Blueprint, Response

from chalicelib.domain.errors import (
    Conflict,
    FieldError,
    Invalid,
    KeyReused,
    NotFound,
    NotInState,
    NotPermitted,
    NotSignedIn,
    Stale,
    Unavailable,
)
from chalicelib.domain.officers import IDLE
from chalicelib.web import entrance as doors
from chalicelib.web.access_rules import OFFICER, PUBLIC, Rule, may, register
from chalicelib.web.entrance import Entrance
from chalicelib.web.page import page
from chalicelib.web.visit import Visit
from tests.web.browser import Answer, Browser, Clock, app_of, entrance_for, officer

blueprint = Blueprint(__name__)
ERRORS: dict[str, Exception] = {
    "notfound": NotFound("traveller"),
    "notpermitted": NotPermitted("verify"),
    "conflict": Conflict("already_on_a_dispatch"),
    "state": NotInState("verify", "released", ()),
    "stale": Stale(),
    "invalid": Invalid((FieldError("phone", "required"),)),
    "reused": KeyReused(),
    "unavailable": Unavailable("away"),
    "signedout": NotSignedIn(),
    "bug": RuntimeError("Li Lei +8613800138000"),
}


@page(blueprint, "/test/public", access=PUBLIC, methods=("GET", "POST"))
def public(visit: Visit) -> Response:
    fields = "|".join(f"{name}={value}" for name, value in visit.form.pairs if name != "csrf_token")
    return visit.answer(f"{visit.language} {fields} {visit.csrf_token}", 200, {"Content-Type": "text/html"})


@page(blueprint, "/test/shared", access=PUBLIC, cache="public, max-age=300")
def shared(visit: Visit) -> Response:
    return visit.render("base/error.html", title=visit.csrf_token, advice=visit.language)


@page(blueprint, "/test/open-form", access=PUBLIC, methods=("POST",), csrf=False)
def open_form(visit: Visit) -> Response:
    return visit.answer(repr(visit.form.pairs), 200, {"Content-Type": "text/html"})


@page(blueprint, "/test/officer/{name}", access=OFFICER)
def for_officers(visit: Visit, name: str) -> Response:
    return visit.answer(f"{visit.officer.username} {name} {visit.may('verify')}", 200, {"Content-Type": "text/html"})


@page(blueprint, "/test/verify", access=may("verify"), methods=("GET", "POST"))
def verify(visit: Visit) -> Response:
    return visit.redirect("/test/officer/done", "Verified: 李雷", "done")


@page(blueprint, "/test/error/{kind}", access=PUBLIC)
def error(visit: Visit, kind: str) -> Response:
    raise ERRORS[kind]


app = app_of(blueprint)


@pytest.fixture
def browser(entrance: Entrance) -> Browser:
    return Browser(app, entrance)


def test_security_headers_on_every_page(browser: Browser) -> None:
    for answer in (browser.get("/test/public"), browser.get("/test/error/bug"), browser.get("/test/verify")):
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(browser: Browser) -> None:
    answer = browser.get("/test/officer/a%20b?day=2026-12-07&lang=zh-Hans")
    assert answer.status == 303
    assert answer.headers["location"] == "/console/sign-in?next=%2Ftest%2Fofficer%2Fa%2520b%3Fday%3D2026-12-07"


def test_an_officer_sees_the_page(browser: Browser) -> None:
    browser.sign_in(officer("media"))
    assert browser.get("/test/officer/x").text == "media.one x False"


def test_a_desk_that_may_not(browser: Browser) -> None:
    browser.sign_in(officer("media"))
    answer = browser.get("/test/verify")
    assert answer.status == 403
    assert "Your desk may not do this" in answer.text


def test_a_session_that_ended_is_dropped(browser: Browser, clock: Clock) -> None:
    browser.sign_in(officer("onsite"))
    clock.now += IDLE
    assert browser.get("/test/officer/x").status == 303
    assert browser.cookies == {}


def test_a_post_without_its_token_does_nothing(browser: Browser) -> None:
    browser.sign_in(officer("onsite"))
    assert browser.post("/test/verify", {}, token=False).status == 403
    assert browser.post("/test/verify", {"csrf_token": "é" * 64}, token=False).status == 403
    assert browser.post("/test/verify", {}).status == 303


def test_a_token_belongs_to_one_session(browser: Browser, entrance: Entrance) -> None:
    browser.sign_in(officer("onsite"))
    other = Browser(app, entrance).sign_in(officer("hotel", officer_id="other"))
    stolen = other.get("/test/public").text.split()[-1]
    assert browser.post("/test/verify", {"csrf_token": stolen}, token=False).status == 403


def test_a_visitor_gets_a_token_bound_to_a_cookie(browser: Browser) -> None:
    assert browser.post("/test/public", {"a": "1"}).status == 403
    token = browser.get("/test/public").text.split()[-1]
    assert "ws_visit" in browser.cookies
    assert browser.post("/test/public", {"csrf_token": token}, token=False).status == 200


def test_a_public_form_may_go_without(browser: Browser) -> None:
    answer = browser.post("/test/open-form", {"blank": "", "twice": ["a", "b"], "zh": "李雷"}, token=False)
    assert answer.text == "[('blank', ''), ('twice', 'a'), ('twice', 'b'), ('zh', '李雷')]"


def raw(browser: Browser, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Answer:
    return browser.ask("POST", "/test/open-form", body, {"content-type": kind})


def test_bodies_that_cannot_be_read(browser: Browser) -> None:
    assert raw(browser, b"a=" + b"x" * 256 * 1024).status == 413
    assert raw(browser, b"&".join(b"a=1" for _ in range(2001))).status == 413
    assert raw(browser, b"{}", "application/json").status == 415
    assert raw(browser, b"{}", "text/plain").status == 415
    assert raw(browser, b"a=%ff").status == 400
    assert raw(browser, b"a=\xff").status == 400
    assert raw(browser, b"a=1", "application/x-www-form-urlencoded; charset=UTF-8").status == 200


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("notfound", 404),
        ("notpermitted", 403),
        ("conflict", 409),
        ("state", 409),
        ("stale", 412),
        ("invalid", 422),
        ("reused", 422),
        ("unavailable", 503),
        ("bug", 500),
    ],
)
def test_errors_become_pages_in_the_language_asked(browser: Browser, kind: str, status: int) -> None:
    english, chinese = browser.get(f"/test/error/{kind}"), browser.get(f"/test/error/{kind}?lang=zh-Hans")
    assert (english.status, chinese.status) == (status, status)
    assert '<html lang="zh-Hans" dir="ltr">' in chinese.text
    assert "Go back" not in chinese.text
    assert ("retry-after" in english.headers) == (status == 503)


def test_a_verb_that_the_state_forbids_is_named(browser: Browser) -> None:
    assert "“核验”" in browser.get("/test/error/state?lang=zh-Hans").text


def test_nothing_personal_of_a_bug_is_logged_or_shown(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = browser.get("/test/error/bug")
    assert "RuntimeError" in caplog.text
    for text in (caplog.text, answer.text, *(repr(record.__dict__) for record in caplog.records)):
        assert "Li Lei" not in text
        assert "+86" not in text


def test_a_notice_is_shown_once_after_a_redirect(browser: Browser) -> None:
    browser.sign_in(officer("onsite"))
    answer = browser.get("/test/verify")
    assert (answer.status, answer.headers["location"]) == (303, "/test/officer/done")
    shown = browser.get("/test/error/notfound")
    assert "Verified: 李雷" in shown.text
    assert "Verified" not in browser.get("/test/error/notfound").text


@pytest.mark.parametrize("value", ["rubbish", "e30", "!!!", "W10", "é"])
def test_a_notice_that_we_never_wrote(browser: Browser, value: str) -> None:
    browser.cookies["ws_notice"] = value
    assert browser.get("/test/error/notfound").status == 404


def test_a_shared_page_reads_and_sets_no_cookie(browser: Browser) -> None:
    browser.sign_in(officer("onsite", language="zh-Hans"))
    before = dict(browser.cookies)
    answer = browser.get("/test/shared")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["vary"] == "Accept-Language"
    assert "onsite.one" not in answer.text
    assert "set-cookie" not in answer.headers
    assert '<html lang="en"' in answer.text
    assert browser.cookies == before
    named = browser.get("/test/shared?lang=zh-Hans")
    assert "zh-Hans" in named.text
    assert "vary" not in named.headers


def test_behind_a_prefix_on_https(clock: Clock) -> None:
    with doors.override(entrance_for(clock=clock, base="https://example.test/api")) as own:
        browser = Browser(app, own).sign_in(officer("onsite"))
        assert list(browser.cookies) == ["__Host-ws_session"]
        answer = browser.get("/test/verify")
        assert answer.headers["location"] == "/api/test/officer/done"
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert "__Host-ws_notice" in browser.cookies
        assert 'href="/api/static/main.css?v=' in browser.get("/test/error/notfound").text


def test_a_plain_cookie_opens_nothing_on_https(clock: Clock) -> None:
    with doors.override(entrance_for(clock=clock, base="https://example.test")) as own:
        browser = Browser(app, own).sign_in(officer("onsite"))
        browser.cookies = {"ws_session": browser.cookies["__Host-ws_session"]}
        assert browser.get("/test/officer/x").status == 303


def test_redirects_stay_inside(browser: Browser, entrance: Entrance) -> None:
    from chalicelib.web.visit import safe_path

    for odd in ("//evil.test", "https://evil.test", "/\\evil.test", "", "/a\r\nSet-Cookie: x", "javascript:alert(1)"):
        assert safe_path(odd) == "/console"
    assert safe_path("/console/flights?day=2026-12-07") == "/console/flights?day=2026-12-07"


def test_rules_are_checked_when_pages_are_made() -> None:
    with pytest.raises(ValueError, match="no desk may"):
        may("no_such_verb")
    with pytest.raises(ValueError, match="only a public page"):
        page(blueprint, "/test/x", access=OFFICER, cache="public")
    with pytest.raises(ValueError, match="has a rule already"):
        register("GET", "/test/public", OFFICER)
    assert str(Rule("officer", "verify")) == "officer: verify"
