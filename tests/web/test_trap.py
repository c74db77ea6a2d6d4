"""The box that nobody sees: a program that fills in everything is sent back, a person loses nothing by it."""

import pytest

from chalicelib.domain.calendar import local_date
from chalicelib.intake.posted import flatten
from chalicelib.web.traveller.trap import ANCHOR, BOX
from chalicelib.wiring import wiring
from tests.intake.example import valid_answers
from tests.web.browser import Browser
from tests.web.test_traveller_form import browser, opened  # noqa: F401 - a fixture

SAID = "Leave this box empty. It is here for programs"


def answers() -> dict[str, str]:
    """A whole declaration as a page posts it."""
    today = local_date(wiring().clock(), wiring().places.point("CKG").time_zone)
    return dict(flatten(valid_answers(today)))


def test_nobody_sees_it_and_nobody_comes_upon_it(browser: Browser) -> None:  # noqa: F811
    page = opened(browser, "/d/CKG?lang=en")
    assert page.forms[0]["fields"][BOX] == ""
    before = page.text.partition(f'id="{ANCHOR}"')[0].rpartition("<div class=")[0]
    assert before.rstrip().endswith('<div class="ws-only" aria-hidden="true">')
    assert 'tabindex="-1"' in page.text.partition(f'id="{ANCHOR}"')[2].partition(">")[0]


@pytest.mark.parametrize("step", ["check", "submit"])
def test_who_fills_it_in_is_sent_back_with_everything_typed(browser: Browser, step: str) -> None:  # noqa: F811
    page = browser.post(f"/d/CKG/{step}?lang=en", {**answers(), BOX: "https://buy.test"}, token=False)
    assert page.status == 422
    assert page.text.count(SAID) == 2, "in the summary and at the box"
    assert f'href="#{ANCHOR}"' in page.text
    assert "buy.test" not in page.text
    shown = page.forms[0]["fields"]
    assert shown["family_name"] == answers()["family_name"]
    assert browser.post(f"/d/CKG/{step}?lang=en", {**answers(), BOX: " "}, token=False).status != 422
