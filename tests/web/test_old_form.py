"""Answers that come a day late, to a form of another version: nobody signs a text that they have not seen."""

import pytest

from chalicelib.web.traveller.questions import FORM
from tests.web.browser import Browser
from tests.web.test_trap import answers
from tests.web.test_traveller_form import browser  # noqa: F401 - a fixture

SAID = "This form has changed since you filled it in."


@pytest.mark.parametrize("step", ["check", "submit"])
def test_answers_to_another_version_are_shown_again_without_what_was_signed(
    browser: Browser,  # noqa: F811
    step: str,
) -> None:
    page = browser.post(f"/d/CKG/{step}?lang=en", {**answers(), FORM: "arrival/0"}, token=False)
    assert page.status == 422
    assert page.text.count(SAID) == 1
    anchor = page.text.partition(f">{SAID}")[0].rpartition('href="#')[2].partition('"')[0]
    assert f'id="{anchor}"' in page.text
    shown = page.forms[0]["fields"]
    assert shown["family_name"] == answers()["family_name"]
    assert shown["signature_name"] == ""
    assert shown[FORM] == "arrival/1"
    seen = browser.post(f"/d/CKG/{step}?lang=en", {**answers(), FORM: shown[FORM]}, token=False)
    assert seen.status in (200, 303)
    assert SAID not in seen.text


def test_the_version_that_was_read_goes_along_to_be_sent(browser: Browser) -> None:  # noqa: F811
    page = browser.post("/d/CKG/check?lang=en", answers(), token=False)
    assert page.forms[0]["fields"][FORM] == "arrival/1"


def test_the_words_for_waiting_are_the_same_for_everybody(browser: Browser) -> None:  # noqa: F811
    words = browser.get("/waiting?lang=fr")
    assert words.headers["cache-control"] == "public, max-age=86400"
    assert words.headers["content-language"] == "fr"
    assert words.text.lstrip().startswith('<div id="unsent"')
