"""The form's page as caches and strangers see it: the same bytes for everybody, and nothing of anybody in them."""

from collections.abc import Iterator

import pytest
from chalice import Chalice

from chalicelib.domain.states import State
from chalicelib.settings import Settings
from chalicelib.web.entrance import Entrance
from chalicelib.web.traveller.journey import LASTING, STOPS, way_stations
from chalicelib.wiring import Wiring, override
from infra.reference.load import load
from tests.web.browser import Answer, Browser


@pytest.fixture
def browser(app: Chalice, entrance: Entrance) -> Iterator[Browser]:
    """A visitor without cookies, and a point of entry to arrive at."""
    here = Wiring(Settings.from_env())
    load(here.store, examples=True)
    with override(here):
        yield Browser(app, entrance)


def opened(browser: Browser, address: str) -> Answer:
    """The form, from any address that leads to it."""
    answer = browser.get(address)
    return browser.follow(answer) if answer.status == 302 else answer


def test_the_form_is_one_cacheable_document(browser: Browser) -> None:
    first = browser.get("/d/CKG?flight=CA406&lang=en")
    assert first.headers["cache-control"].startswith("public, max-age=")
    assert "vary" not in first.headers
    assert "set-cookie" not in first.headers
    assert "csrf_token" not in first.text
    assert "_key" not in first.text
    tag = first.headers["etag"]
    assert tag.startswith('"')
    again = browser.get("/d/CKG?flight=CA406&lang=en", {"if-none-match": tag})
    assert (again.status, again.text, again.headers["etag"]) == (304, "", tag)
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert browser.get("/d/CKG?flight=CA406&lang=en", {"if-none-match": f'"other", W/{tag}'}).status == 304
    assert browser.get("/d/CKG?flight=CA407&lang=en").headers["etag"] != tag
    assert browser.get("/d/CKG?flight=CA406&lang=zh-Hans").headers["etag"] != tag


@pytest.mark.parametrize(
    "asked",
    [
        "/d/CKG", "/d/ckg?lang=en", "/d/CKG?lang=EN", "/d/CKG?lang=xx", "/d/CKG?lang=en&from=poster", "/d/CKG?flight=1",
    ],
)  # fmt: skip
def test_every_other_address_of_the_form_leads_to_its_one(browser: Browser, asked: str) -> None:
    led = browser.get(asked)
    assert (led.status, led.headers["location"], led.headers["vary"]) == (302, "/d/CKG?lang=en", "Accept-Language")
    assert led.headers["cache-control"] == browser.follow(led).headers["cache-control"]
    assert browser.follow(led).status == 200


@pytest.mark.parametrize("flight", ["ca 0406", "CA-406", "CA406"])
def test_a_flight_of_a_flights_shape_is_filled_in(browser: Browser, flight: str) -> None:
    page = opened(browser, "/d/CKG?flight=" + flight.replace(" ", "%20"))
    assert page.forms[0]["fields"]["flight_number"] == "CA406"


@pytest.mark.parametrize("flight", ["<b>", "12345", "CA4O6777777", "%F0%9F%9B%AB"])
def test_anything_else_is_left_out(browser: Browser, flight: str) -> None:
    page = opened(browser, f"/d/CKG?flight={flight}")
    assert page.forms[0]["fields"]["flight_number"] == ""


@pytest.mark.parametrize("path", ["/d/XXX", "/d/%3Cb%3E", "/posters/XXX", "/p/AAAA", "/p/AAAA/copy"])
def test_what_is_not_there_is_404_and_not_cached(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert (page.status, page.headers["cache-control"]) == (404, "no-store")


def test_the_language_follows_the_address_then_the_browser(browser: Browser) -> None:
    browser.language = "zh-CN,zh;q=0.9"
    assert opened(browser, "/d/CKG").headers["content-language"] == "zh-Hans"
    assert browser.get("/d/CKG?lang=en").headers["content-language"] == "en"


@pytest.mark.parametrize("step", ["edit", "check", "submit"])
def test_an_address_without_answers_leads_to_the_form(browser: Browser, step: str) -> None:
    page = browser.get(f"/d/CKG/{step}")
    assert (page.status, page.headers["location"]) == (303, "/d/CKG")


def test_too_many_fields_and_too_much_are_refused(browser: Browser) -> None:
    assert browser.post("/d/CKG/check", {f"x{n}": "1" for n in range(1_600)}, token=False).status == 422
    assert browser.post("/d/CKG/check", {"family_name": "x" * 300_000}, token=False).status == 413


def test_every_state_has_its_words_and_its_place_on_the_way() -> None:
    assert set(STOPS) == set(State)
    assert [progress for _, progress in way_stations(State.REGISTERED)][:4] == ["done", "done", "now", "ahead"]
    assert {progress for _, progress in way_stations(State.RELEASED)} == {"done"}
    assert all(way_stations(state) == [] for state in LASTING - {State.RELEASED})
