"""A doubtful phone on the page: a second box, the reason, and no third time."""

from typing import Any

import pytest

from chalicelib.domain.calendar import local_date
from chalicelib.intake.posted import flatten
from chalicelib.wiring import wiring
from tests.intake.example import valid_answers
from tests.web.browser import Answer, Browser
from tests.web.test_traveller_form import browser  # noqa: F401 - a fixture

BOX = "_again.family_contacts.0.phone"


def checked(browser: Browser, phone: str, language: str = "en", **more: Any) -> Answer:  # noqa: F811
    """The page after "Continue"."""
    today = local_date(wiring().clock(), wiring().places.point("CKG").time_zone)
    answers = valid_answers(today)
    contact = {**answers["family_contacts"][0], "phone": phone}
    pairs = dict(flatten({**answers, "family_contacts": [contact]}))
    return browser.post(f"/d/CKG/check?lang={language}", {**pairs, **more}, token=False)


@pytest.mark.parametrize(("language", "said"), [("en", "once more"), ("zh-Hans", "再输入一次")])
def test_a_second_box_says_why(browser: Browser, language: str, said: str) -> None:  # noqa: F811
    page = checked(browser, "139 1111 1111", language)
    assert page.status == 422
    assert said in page.text
    assert page.text.count("+86 139 1111 1111") == 2, "in the summary and at the box"
    assert 'href="#again-family_contacts-0-phone"' in page.text
    assert page.forms[0]["fields"][BOX] == ""


def test_the_same_again_passes_and_stays_so_in_another_language(browser: Browser) -> None:  # noqa: F811
    page = checked(browser, "139 1111 1111", **{BOX: "13911111111"})
    assert page.status == 200
    fields = page.forms[0]["fields"]
    assert (fields["family_contacts.0.phone"], fields[BOX]) == ("+8613911111111", "13911111111")
    assert browser.post("/d/CKG/check?lang=zh-Hans", fields, token=False).status == 200


def test_another_number_the_second_time_is_asked_again(browser: Browser) -> None:  # noqa: F811
    page = checked(browser, "139 1111 1111", **{BOX: "13911111112"})
    assert page.status == 422
    assert "The two numbers differ" in page.text
    assert page.forms[0]["fields"][BOX] == "13911111112"


def test_a_likely_phone_has_one_box(browser: Browser) -> None:  # noqa: F811
    assert BOX not in checked(browser, "139 0013 9000").text
