"""One traveller's page: what it shows to whom, and the verbs it offers."""

from datetime import timedelta

import pytest

from chalicelib.actions.casework import seen_case
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.domain.case import Case
from chalicelib.domain.declaration import SHARED
from chalicelib.domain.states import State
from chalicelib.domain.work import Task
from chalicelib.intake.posted import flatten
from tests.intake.example import valid_companion
from tests.web.browser import Browser, Clock
from tests.web.console.conftest import SignIn
from tests.web.console.world import COORDINATOR, World


def state_of(world: World, case_id: str) -> State:
    return seen_case(world.ports, COORDINATOR, case_id)[0].state


def form_of(browser: Browser, path: str, action: str) -> dict[str, object]:
    """The form of a page that posts to an address ending so."""
    posted = (form for form in browser.get(path).forms if "csrf_token" in form["fields"])
    return next(form for form in posted if form["action"].endswith(action))


def act(browser: Browser, case_id: str, verb: str, **fields: str) -> int:
    page = f"/console/travellers/{case_id}"
    return browser.submit(form_of(browser, page, f"/{verb}"), **fields).status


def test_verified_and_registered_in_a_tap_each(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    assert act(coordinator, case_id, "verify") == 303
    assert act(coordinator, case_id, "register") == 303
    assert state_of(world, case_id) == State.REGISTERED
    assert "Registered" in coordinator.get(f"/console/travellers/{case_id}").text


def test_a_second_press_of_the_same_button_finds_it_done(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    form = form_of(coordinator, f"/console/travellers/{case_id}", "/verify")
    assert coordinator.submit(form).status == 303
    again = coordinator.submit(form)
    assert again.status == 303
    assert "done already" in coordinator.follow(again).text


def test_a_stale_form_is_answered_kindly_and_changes_nothing(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    form = form_of(coordinator, f"/console/travellers/{case_id}", "/refer")
    world.move(case_id, "verify")
    answer = coordinator.submit(form, why="Fever")
    assert answer.status == 412
    assert "Nothing was done" in answer.text
    assert f"/console/travellers/{case_id}" in answer.text
    assert state_of(world, case_id) == State.VERIFIED


def test_a_referral_wants_a_reason(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    form = form_of(coordinator, f"/console/travellers/{case_id}", "/refer")
    refused = coordinator.submit(form)
    assert refused.status == 422
    assert "Fill this in" in refused.text
    assert coordinator.submit(form, reason="39.2 degrees").status == 303
    assert state_of(world, case_id) == State.REFERRED
    assert "39.2 degrees" in coordinator.get(f"/console/travellers/{case_id}").text


def test_only_what_desk_and_state_allow_is_offered(sign_in: SignIn, world: World) -> None:
    (case_id,) = world.declare()
    page = f"/console/travellers/{case_id}"
    offered = {form["action"].rpartition("/")[2] for form in sign_in("onsite").get(page).forms}
    assert {"verify", "refer", "exempt", "onward", "void", "hold"} <= offered
    assert not {"register", "release", "quarantine", "unhold"} & offered
    reader = sign_in("information").get(page)
    assert [form for form in reader.forms if "/travellers/" in form["action"]] == []


@pytest.mark.parametrize("verb", ["verify", "register", "exempt", "void"])
def test_a_verb_that_the_desk_may_not_do_is_refused(sign_in: SignIn, world: World, verb: str) -> None:
    (case_id,) = world.declare()
    answer = sign_in("hotel").post(f"/console/travellers/{case_id}/{verb}", {"reason": "x"})
    assert answer.status == 403
    assert state_of(world, case_id) == State.DECLARED


def test_nobody_posts_without_the_token_or_an_unknown_verb(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    assert coordinator.post(f"/console/travellers/{case_id}/verify", {}, token=False).status == 403
    assert coordinator.post(f"/console/travellers/{case_id}/depart", {}).status == 404
    assert state_of(world, case_id) == State.DECLARED


def test_another_districts_traveller_is_not_there(sign_in: SignIn, world: World) -> None:
    (case_id,) = world.declare()
    assert sign_in("district", district="jiangbei").get(f"/console/travellers/{case_id}").status == 404
    assert sign_in("media").get(f"/console/travellers/{case_id}").status == 403


def test_family_signs_differences_and_the_chain(coordinator: Browser, world: World) -> None:
    party = world.declare(companions=(valid_companion(),), symptoms=["fever"], no_symptoms=None)
    page = coordinator.get(f"/console/travellers/{party[0]}").text
    assert f"/console/travellers/{party[1]}" in page
    assert "Fever" in page
    assert "Chain intact" in page
    first = world.declare(document_number="E88888888")[0]
    second = world.declare(document_number="E88888888", seat="40C")[0]
    for one, other in ((first, second), (second, first)):
        shown = coordinator.get(f"/console/travellers/{one}").text
        assert f"/console/travellers/{other}" in shown
        assert "40C" in shown


def test_numbers_are_masked_until_they_are_asked_for(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare(document_number="E99887766")
    before, _, revealed = coordinator.get(f"/console/travellers/{case_id}").text.partition("ws-reveal")
    assert "E99887766" not in before
    assert "E99887766" in revealed


def test_quarantine_from_start_to_another_end(coordinator: Browser, world: World, clock: Clock) -> None:
    case_id = received(world)
    page = f"/console/travellers/{case_id}"
    form = form_of(coordinator, page, "/quarantine")
    refused = coordinator.submit(form, kind="hotel", hotel="", place="", days="x")
    assert refused.status == 422
    assert '<a href="#days">Days: Write a whole number</a>' in refused.text
    homeless = coordinator.submit(form, kind="home", address="")
    assert homeless.status == 422
    assert '<a href="#address">Address at home: Fill this in</a>' in homeless.text
    assert 'name="address" type="text" value=""' in homeless.text
    assert coordinator.submit(form, kind="hotel", hotel="Riverside Hotel", room="1203", days="14").status == 303
    plan = world.ports.store.get(Case, case_id).quarantine
    assert plan is not None
    assert (plan.end_date - plan.start_date).days == 14
    later = plan.end_date + timedelta(days=2)
    change = form_of(coordinator, page, "/change")
    undated = coordinator.submit(change, end_date="", why="New rule")
    assert undated.status == 422
    assert f'<a href="#change-{case_id}-end_date">New end date: Fill this in</a>' in undated.text
    assert coordinator.submit(change, end_date=str(later), why="New rule").status == 303
    assert coordinator.submit(change, end_date=str(later), why="New rule").status == 303
    assert coordinator.submit(change, end_date=str(later + timedelta(days=1)), why="New rule").status == 412
    clock.now += timedelta(days=1)
    shown = coordinator.sign_in(COORDINATOR).get(page).text
    assert "Riverside Hotel" in shown
    assert ">15</strong>" in shown


def received(world: World) -> str:
    case_id = world.registered()
    vehicle = world.vehicle(case_id).dispatch_id
    board_traveller(world.ports, COORDINATOR, vehicle, case_id)
    depart_dispatch(world.ports, COORDINATOR, vehicle)
    arrive_dispatch(world.ports, COORDINATOR, vehicle, (case_id,))
    acknowledge_handover(world.ports, COORDINATOR, vehicle)
    return case_id


def test_hold_and_lift(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    form = form_of(coordinator, f"/console/travellers/{case_id}", "/hold")
    assert coordinator.submit(form, why="Waits for a test result").status == 303
    assert coordinator.submit(form, why="Waits for a test result").status == 303
    assert "On hold" in coordinator.get(f"/console/travellers/{case_id}").text
    assert act(coordinator, case_id, "unhold", reason="negative") == 303
    assert not world.ports.store.get(Case, case_id).held


def test_signs_are_on_the_on_site_desk_and_leave_it_when_dealt_with(sign_in: SignIn, world: World) -> None:
    (case_id,) = world.declare(symptoms=["fever"], no_symptoms=None)
    desk = sign_in("onsite")
    form = form_of(desk, "/console/onsite", f"{case_id}/refer")
    answer = desk.submit(form, why="Fever")
    assert answer.headers["location"] == "/console/onsite"
    assert "Nobody with signs waits" in desk.follow(answer).text
    day = world.ports.store.get(Case, case_id).intake_date
    tasks = [row for row in world.wiring.store.rows.values() if isinstance(row, Task)]  # type: ignore[attr-defined]
    assert [(task.kind, task.day, task.done_by) for task in tasks] == [("signs", day, "onsite")]


def test_a_correction_keeps_the_old_answers(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    form = form_of(coordinator, f"/console/travellers/{case_id}/correct", "/correct")
    case = world.ports.store.get(Case, case_id)
    fields = posted(case)
    bad = coordinator.submit(form, **{**fields, "phone": "123"})
    assert bad.status == 422
    answer = coordinator.submit(form, **{**fields, "seat": "44K", "_reason": "read from the boarding card"})
    assert answer.status == 303
    assert coordinator.submit(form, **{**fields, "seat": "44K"}).status == 303
    assert coordinator.submit(form, **{**fields, "seat": "45K"}).status == 412
    after = world.ports.store.get(Case, case_id)
    assert after.answers == {**case.answers, "seat": "44K"}
    assert after.declarations == 2
    assert "read from the boarding card" in coordinator.follow(answer).text


def test_a_companion_is_corrected_as_one(coordinator: Browser, world: World) -> None:
    _, case_id = world.declare(companions=(valid_companion(),))
    form = form_of(coordinator, f"/console/travellers/{case_id}/correct", "/correct")
    case = world.ports.store.get(Case, case_id)
    fields = posted(case, "companions.0.")
    assert coordinator.submit(form, **{**fields, "companions.0.seat": "44L"}).status == 303
    assert world.ports.store.get(Case, case_id).answers == {**case.answers, "seat": "44L"}


def posted(case: Case, prefix: str = "") -> dict[str, str]:
    """The case's answers as its correction form posts them."""
    kept = ("consent_sensitive", "commitment", "signature_name")
    answers = {name: value for name, value in case.answers.items() if name not in kept}
    return {(name if name.partition(".")[0] in SHARED else prefix + name): value for name, value in flatten(answers)}
