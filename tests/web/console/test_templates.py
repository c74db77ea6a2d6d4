"""Texts as officers look at them: each in its language, with its size and price, and one to try."""

import logging

import pytest

from chalicelib.domain.messages import Message
from chalicelib.intake.types.phones import region_of
from chalicelib.messaging import registered
from chalicelib.messaging.prices import prices
from chalicelib.messaging.wordings import languages, names, template
from chalicelib.web.console.destinations import destinations, span
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.test_traveller import form_of
from tests.web.console.world import World

PATH = "/console/templates/dispatched/family/fr"
PHONE = "+14155550123"


@pytest.mark.parametrize("language", languages())
def test_every_text_of_a_language_is_shown(coordinator: Browser, language: str) -> None:
    page = coordinator.get(f"/console/templates?language={language}").text
    assert page.count('class="ws-text"') == len(names())
    assert page.count(f'lang="{language}" dir="auto"') == len(names())
    for event, audience in names():
        assert f'href="/console/templates/{event}/{audience}/{language}"' in page
    assert "{" not in page.partition("<tbody>")[2]


def test_a_page_begins_with_its_own_language(sign_in: SignIn) -> None:
    assert (
        "【口岸驿站】李*及同行2人已乘车前往渝中区"
        in sign_in("hotel", language="zh-Hans").get("/console/templates").text
    )
    assert "Waystation: W. SMITH +2 left the airport for Yuzhong" in sign_in("admin").get("/console/templates").text
    assert "W. SMITH" in sign_in("admin").get("/console/templates?language=../../x").text


def test_one_text_says_what_it_costs_in_every_country(coordinator: Browser) -> None:
    page = coordinator.get(PATH).text
    assert "Waystation : C. MOREAU +2 en route vers Yuzhong." in page
    assert "GSM-7" in page
    assert "1 segment<" in page
    assert f"as of {prices().as_of.day} {prices().as_of:%b %Y}" in page
    assert page.count("…</td>") == len(prices().prefixes) + 1
    for country in ("China", "Japan", "France", "Russia", "United Arab Emirates", "All other countries"):
        assert country in page, country
    long = coordinator.get("/console/templates/dispatched/family/ko").text
    assert "UCS-2" in long


def test_prices_follow_the_list_and_the_segments() -> None:
    found = template("dispatched", "family", "en")
    known = {row.prefix: row for row in destinations(2, found, "zh-Hans").rows}
    assert known["+86"].price == 2 * prices().prefixes["+86"]
    assert (known["+86"].country, known["+852"].country) == ("中国", "中国香港")
    assert destinations(3, found, "en").elsewhere == 3 * prices().elsewhere
    assert span(2) == ("USD", 2 * min(prices().prefixes.values()), 2 * max(prices().prefixes.values()))
    assert [region_of(code) for code in ("+1", "+7", "+999")] == ["US", "RU", ""]


def test_where_a_text_is_registered_is_said() -> None:
    known = registered.parse(
        """
["+86".templates."dispatched/family/zh-Hans"]
content_sid = "HX0123456789abcdef0123456789abcdef"
version = 1
"""
    )
    for language, expected in (("zh-Hans", (True, False)), ("en", (False, True))):
        rows = {
            row.prefix: row for row in destinations(1, template("dispatched", "family", language), "en", known).rows
        }
        assert (rows["+86"].as_registered, rows["+86"].refused) == expected
        assert (rows["+81"].as_registered, rows["+81"].refused) == (False, False)


@pytest.mark.parametrize("path", ["x/family/en", "dispatched/nobody/en", "dispatched/family/de", "../family/en"])
def test_what_is_no_text_is_not_found(coordinator: Browser, path: str) -> None:
    assert coordinator.get(f"/console/templates/{path}").status == 404
    assert coordinator.post(f"/console/templates/{path}", {"phone": PHONE}).status == 404


def test_a_test_goes_to_the_officers_own_phone_and_the_log_has_ids_only(
    coordinator: Browser, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        answer = coordinator.submit(form_of(coordinator, PATH, PATH), phone="+1 415 555 0123")
    assert (answer.status, answer.headers["location"]) == (303, PATH)
    assert "+1 415••••123" in coordinator.follow(answer).text
    (message,) = [row for row in world.wiring.store.rows.values() if isinstance(row, Message)]  # type: ignore[attr-defined]
    assert (message.personal.to, message.event, message.language) == (PHONE, "test", "fr")
    assert message.personal.body.endswith("(test)")
    (record,) = [record for record in caplog.records if record.getMessage() == "test text owed"]
    kept = {name: vars(record)[name] for name in ("message_id", "officer_id", "template", "segments")}
    assert kept == {"message_id": message.message_id, "officer_id": "c00rd1nat0r", "template": "dispatched/family/fr",
                    "segments": 1}  # fmt: skip
    assert "4155550123" not in str([vars(one) for one in caplog.records])
    assert "Test of a text" in coordinator.get("/console/messages").text


def test_a_number_that_cannot_be_used_is_said(coordinator: Browser) -> None:
    assert coordinator.post(PATH, {"phone": "12"}).status == 422
    assert coordinator.post(PATH, {"phone": ""}).status == 422
    landline = coordinator.post(PATH, {"phone": "023 6372 1234"})
    assert landline.status == 422
    assert "This number cannot receive texts" in landline.text
    assert 'value="023 6372 1234"' in landline.text


def test_five_an_hour_are_the_most(coordinator: Browser) -> None:
    answers = [coordinator.post(PATH, {"phone": PHONE}) for _ in range(6)]
    assert [answer.status for answer in answers] == [303] * 5 + [409]
    assert "5 tests an hour are the most" in answers[-1].text


def test_who_sees_texts_and_who_may_try_one(sign_in: SignIn) -> None:
    assert [sign_in(desk).get(PATH).status for desk in ("coordination", "hotel", "admin", "onsite", "media")] == [
        200, 200, 200, 403, 403,
    ]  # fmt: skip
    assert sign_in("onsite").post(PATH, {"phone": PHONE}).status == 403


def test_a_districts_contact_reads_any_language_of_texts(coordinator: Browser) -> None:
    page = coordinator.get("/console/districts/yuzhong").text
    assert all(f'value="{language}"' in page for language in languages())


def test_texts_stand_in_the_order_of_a_journey(coordinator: Browser) -> None:
    page = coordinator.get("/console/templates?language=en").text
    told = ("dispatched/family", "dispatched/district", "quarantine_started/family", "quarantine_ended/traveller",
            "unacknowledged/district", "help/sender")  # fmt: skip
    places = [page.index(f'href="/console/templates/{name}/en"') for name in told]
    assert places == sorted(places)
