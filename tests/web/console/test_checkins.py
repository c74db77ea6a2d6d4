"""The check-in form behind the pass, without script; and what officers see of it a moment later."""

from datetime import timedelta

import pytest
from chalice import Chalice

from chalicelib.actions.check_in import checkins_of
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.domain.case import Case
from chalicelib.passes.tokens import Pass
from chalicelib.web import entrance as doors
from chalicelib.web.console.checkins import MOST_DAYS
from tests.web.browser import Browser, Clock
from tests.web.console.conftest import SignIn
from tests.web.console.world import COORDINATOR, World

WELL = {"temperature": "36,8", "no_symptoms": "true"}
FEVER = {"temperature": "38.2", "symptoms": ["dry_cough"], "needs": ["medicine"], "needs_note": "<u id=odd>{{odd}}"}


@pytest.fixture
def phone(app: Chalice, world: World) -> Browser:
    """The traveller's, who chose English."""
    own = Browser(app, doors.Entrance(world.wiring.gate, world.wiring.settings.public_base))
    own.cookies["ws_language"] = "en"
    return own


def pass_of(world: World, case_id: str) -> str:
    case = world.ports.store.get(Case, case_id)
    return f"/p/{world.wiring.passes.token(Pass(case_id, case.point, case.intake_date))}"


def test_from_the_pass_to_the_form_and_back(world: World, phone: Browser) -> None:
    case_id = world.housed()
    own = pass_of(world, case_id)
    assert f'href="{own}/checkin?lang=en"' in phone.get(own).text
    asked = phone.get(f"{own}/checkin")
    assert (asked.status, asked.headers["cache-control"]) == (200, "no-store")
    assert "How are you today?" in asked.text
    sent = phone.submit(asked.forms[-1], **WELL)
    assert (sent.status, sent.headers["location"]) == (303, own)
    shown = phone.follow(sent).text
    assert "You are checked in for today, at 17:30." in shown
    assert "Checked in today at 17:30." in shown
    assert "The staff know" not in shown
    (kept,) = checkins_of(world.ports, case_id)
    assert kept.personal.answers == {"temperature": "36.8", "no_symptoms": True}


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, phone: Browser) -> None:
    own = pass_of(world, world.housed())
    refused = phone.post(f"{own}/checkin", {"temperature": "98.6", "needs_note": "<b>"}, token=False)
    assert refused.status == 422
    assert "Enter degrees Celsius" in refused.text
    assert "select ‘None of these’" in refused.text
    assert 'value="98.6"' in refused.text
    assert "<b>" not in refused.text
    spoken = phone.post(f"{own}/checkin/edit?lang=zh-Hans", {"temperature": "98.6"}, token=False)
    assert spoken.status == 200
    assert "您今天身体怎么样？" in spoken.text
    assert 'value="98.6"' in spoken.text


def test_another_time_the_same_day_amends(world: World, phone: Browser) -> None:
    case_id = world.housed()
    own = pass_of(world, case_id)
    phone.post(f"{own}/checkin", WELL, token=False)
    again = phone.get(f"{own}/checkin")
    assert "You have checked in today." in again.text
    assert 'value="36.8"' in again.text
    phone.post(f"{own}/checkin", FEVER, token=False)
    assert "The staff know that you do not feel well" in phone.get(own).text
    assert [one.number for one in checkins_of(world.ports, case_id)] == [1, 2]


@pytest.mark.parametrize("state", ["registered", "referred"])
def test_outside_quarantine_it_leads_to_the_pass(world: World, phone: Browser, state: str) -> None:
    case_id = world.registered() if state == "registered" else world.housed()
    if state == "referred":
        move_traveller(world.ports, COORDINATOR, case_id, "refer", "fever")
    own = pass_of(world, case_id)
    for answer in (phone.get(f"{own}/checkin"), phone.post(f"{own}/checkin", WELL, token=False)):
        assert (answer.status, answer.headers["location"]) == (303, own)
    assert "nothing to check in" in phone.get(own).text
    assert "/checkin" not in phone.get(own).text
    assert checkins_of(world.ports, case_id) == ()


def test_a_token_of_nobody_is_404(world: World, phone: Browser) -> None:
    assert phone.get("/p/AAAA/checkin").status == 404
    assert phone.post("/p/AAAA/checkin", WELL, token=False).status == 404


def test_a_fever_is_on_the_hotels_list_at_once_and_suggests_a_later_end(
    world: World, phone: Browser, sign_in: SignIn, clock: Clock
) -> None:
    case_id = world.housed()
    clock.now += timedelta(days=2)
    phone.post(f"{pass_of(world, case_id)}/checkin", FEVER, token=False)
    hotel = sign_in("hotel")
    calls = hotel.get("/console/calls").text
    assert "Fever or a symptom in quarantine" in calls
    assert "38.2 °C" in calls
    page = hotel.get(f"/console/travellers/{case_id}")
    for told in ("Extend until 23 Dec", "38.2 °C", "Dry cough", "My medicine", "Missed", "1 day missed"):
        assert told in page.text, told
    assert "&lt;u id=odd&gt;{{odd}}" in page.text
    extend = next(form for form in page.forms if form["fields"].get("end_date") and form["fields"].get("why"))
    assert hotel.submit(extend).status == 303
    stored = world.ports.store.get(Case, case_id)
    assert stored.quarantine
    assert str(stored.quarantine.end_date) == "2026-12-23"
    assert "Extend until" not in hotel.get(f"/console/travellers/{case_id}").text


def test_who_was_not_heard_of_the_longest_silence_first(
    world: World, phone: Browser, sign_in: SignIn, clock: Clock
) -> None:
    late, silent, well = world.housed(), world.housed(), world.housed()
    clock.now += timedelta(days=1)
    for case_id in (late, well):
        phone.post(f"{pass_of(world, case_id)}/checkin", WELL, token=False)
    clock.now += timedelta(days=1)
    phone.post(f"{pass_of(world, well)}/checkin", WELL, token=False)
    hotel = sign_in("hotel")
    page = hotel.get("/console/checkins").text
    assert page.index(silent) < page.index(late)
    assert well not in page
    assert "1 day missed" in page
    assert "Not yet today" in page
    assert "138 0013 8000" not in page
    assert "13800138000" not in page
    asked = next(form for form in hotel.get("/console/checkins").forms if form["action"].endswith(f"{silent}/numbers"))
    assert "138 0013 8000" in hotel.submit(asked).text
    assert silent not in sign_in("district", district="jiangbei").get("/console/checkins").text


def test_nobody_is_asked_for_on_the_first_day(world: World, sign_in: SignIn) -> None:
    case_id = world.housed()
    assert case_id not in sign_in("hotel").get("/console/checkins").text


def test_the_list_goes_on_to_earlier_arrivals(world: World, sign_in: SignIn, clock: Clock) -> None:
    case_id = world.housed(days=50)
    clock.now += timedelta(days=MOST_DAYS + 5)
    hotel = sign_in("hotel")
    first = hotel.get("/console/checkins").text
    assert case_id not in first
    before = first.partition("/console/checkins?before=")[2][:10]
    assert case_id in hotel.get(f"/console/checkins?before={before}").text


def test_a_desk_that_keeps_no_hotel_sees_no_list(sign_in: SignIn) -> None:
    assert sign_in("onsite").get("/console/checkins").status == 403
