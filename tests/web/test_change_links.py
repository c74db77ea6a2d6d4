"""Each answer that is read back has a way to its question."""

import re

import pytest

from chalicelib.domain.calendar import local_date
from chalicelib.intake.posted import flatten
from chalicelib.wiring import wiring
from tests.intake.example import valid_answers, valid_companion
from tests.web.browser import Browser
from tests.web.test_traveller_form import browser  # noqa: F401 - a fixture


@pytest.mark.parametrize("language", ["en", "ja", "ar"])
def test_each_answer_leads_to_its_question(browser: Browser, language: str) -> None:  # noqa: F811
    today = local_date(wiring().clock(), wiring().places.point("CKG").time_zone)
    answers = valid_answers(today, companions=[valid_companion()], special_care=["elderly"])
    page = browser.post(f"/d/CKG/check?lang={language}", dict(flatten(answers)), token=False)
    assert page.status == 200
    ways = re.findall(r'formaction="(?:[^"#]*)/d/CKG/edit\?lang=[^"#]*#([^"]+)"', page.text)
    rows = page.text.count('<dt class="ws-data__label">')
    assert len([way for way in ways if not way.startswith("step-")]) == rows > 30
    form = browser.submit(page.forms[0] | {"action": f"/d/CKG/edit?lang={language}"})
    assert form.status == 200
    assert [way for way in ways if f'id="{way}"' not in form.text] == []
