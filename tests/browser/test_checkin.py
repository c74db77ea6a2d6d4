"""A traveller in quarantine checks in from the pass, and officers see it."""

from typing import Any

import pytest

from chalicelib.actions.check_in import checkins_of
from chalicelib.domain.case import Case
from chalicelib.web.traveller.members import token_for
from tests.browser.chromium import DESKTOP, PHONE, Pages, assert_axe_clean, assert_fits
from tests.browser.officers import sign_in
from tests.browser.serving import Site
from tests.web.console.world import COORDINATOR, World


@pytest.mark.parametrize("way", [{"js": True, "lang": "en"}, {"js": False, "lang": "zh-Hans"}], ids=str)
def test_a_check_in_with_and_without_script(pages: Pages, site: Site, way: dict[str, Any]) -> None:
    world = World(site.wiring)
    case = world.ports.store.get(Case, world.housed())
    page = pages(size=PHONE, **way)
    page.goto(f"/p/{token_for(case.case_id, case.point, case.intake_date)}?lang={way['lang']}")
    page.locator("a[href*='/checkin']").click()
    page.locator("[name=temperature]").fill("38,4")
    assert_axe_clean(page)
    assert_fits(page)
    page.locator("[name=no_thermometer]").check()
    page.locator("#declaration button[type=submit]").last.click()
    page.locator(".govuk-error-summary").wait_for()
    assert_axe_clean(page)
    page.locator("[name=no_thermometer]").uncheck()
    page.locator("[name=symptoms][value=dry_cough]").check()
    page.locator("#declaration button[type=submit]").last.click()
    page.locator(".ws-notice").wait_for()
    assert_axe_clean(page)
    (kept,) = checkins_of(world.ports, case.case_id)
    assert kept.personal.answers == {"temperature": "38.4", "symptoms": ["dry_cough"]}
    officer = sign_in(pages(size=DESKTOP), site, COORDINATOR)
    for path in (f"/console/travellers/{case.case_id}", "/console/checkins"):
        officer.goto(path)
        assert_axe_clean(officer)
