"""The scan page as the server answers it: judged, done once, and told in words; without script too."""

import json
from datetime import timedelta

import pytest

from chalicelib.actions.casework import seen_case
from chalicelib.actions.read_history import read_history
from chalicelib.domain.calendar import local_date
from chalicelib.domain.identifiers import reference
from chalicelib.domain.states import State
from chalicelib.passes.tokens import Pass, PassSigner
from chalicelib.web.traveller.members import token_for
from tests.web.browser import NOW, Browser, Clock
from tests.web.console.conftest import SignIn
from tests.web.console.world import COORDINATOR, POINT, World

PATH = "/console/scan"
TODAY = local_date(NOW, "Asia/Shanghai")


def state_of(world: World, case_id: str) -> State:
    return seen_case(world.ports, COORDINATOR, case_id)[0].state


def told(browser: Browser, **fields: str) -> dict[str, object]:
    """The outcome as the page's script gets it."""
    form = browser.get(PATH).forms[-1]["fields"]
    body = "&".join(f"{name}={value}" for name, value in {"csrf_token": form["csrf_token"], **fields}.items())
    kind = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    answer = browser.ask("POST", PATH, body.replace("+", "%2B").encode(), kind)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, object] = json.loads(answer.text)
    return found


def test_a_pass_is_told_to_be_valid_and_whose_it_is(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    outcome = told(coordinator, code=token_for(case_id, POINT, TODAY))
    assert (outcome["kind"], outcome["reference"], outcome["state"]) == ("good", reference(case_id), "Declared")
    assert outcome["name"] == "LI XIAOMING"
    assert state_of(world, case_id) == State.DECLARED


def test_a_link_and_a_reference_in_small_letters_will_do(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    link = f"http://127.0.0.1:8000/p/{token_for(case_id, POINT, TODAY).lower()}"
    for code in (link, reference(case_id).lower(), reference(case_id).replace("-", "")):
        assert told(coordinator, code=code)["kind"] == "good"


@pytest.mark.parametrize("point", [POINT, "PVG"])
@pytest.mark.parametrize("days", [-4, -3, 0, 1, 2])
def test_a_pass_counts_at_its_point_and_for_three_days(
    coordinator: Browser, world: World, point: str, days: int
) -> None:
    (case_id,) = world.declare()
    outcome = told(coordinator, code=token_for(case_id, point, TODAY + timedelta(days)), verb="verify")
    counts = point == POINT and -3 <= days <= 1
    assert outcome["kind"] == ("good" if counts else "bad")
    assert state_of(world, case_id) == (State.VERIFIED if counts else State.DECLARED)


def test_what_is_not_ours_is_not_valid_and_does_nothing(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    forged = PassSigner(b"x" * 32).token(Pass(case_id, POINT, TODAY))
    certificate = world.wiring.passes.certificate(Pass(case_id, POINT, TODAY))
    nobody = token_for("7K3M9QX20AB", POINT, TODAY)
    for code in (forged, certificate, nobody, reference(case_id)[:-1] + "U", "", "hello", "A" * 122, "é" * 300):
        outcome = told(coordinator, code=code, verb="verify")
        assert (outcome["kind"], outcome["title"], outcome["name"]) == ("bad", "Not valid", "")
    assert told(coordinator, code=nobody)["text"] == "There is no such traveller, or another district’s."
    assert "signature is wrong" in str(told(coordinator, code=forged)["text"])
    assert state_of(world, case_id) == State.DECLARED


def test_a_void_declaration_is_not_valid(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    world.move(case_id, "void")
    outcome = told(coordinator, code=token_for(case_id, POINT, TODAY))
    assert (outcome["kind"], outcome["text"]) == ("bad", "This declaration is void.")


def test_a_scan_registers_once_however_often_it_is_posted(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    first = {"code": reference(case_id), "verb": "verify", "key": "one"}
    assert told(coordinator, **first)["text"] == "Done: Verified."
    assert told(coordinator, **first)["text"] == "This was done already: Verified."
    assert told(coordinator, **{**first, "verb": "register", "key": "two"})["text"] == "Done: Registered."
    # The answer to the first was lost, and comes after the second: it is done, and undoes nothing.
    assert told(coordinator, **first)["kind"] == "good"
    again = told(coordinator, **{**first, "key": "three"})
    assert (again["kind"], again["title"]) == ("bad", "Not done")
    entries = read_history(world.ports, COORDINATOR, case_id).entries
    assert [entry.verb for entry in entries] == ["declare", "verify", "register"]


def test_a_scan_that_comes_late_says_when_it_was_made(coordinator: Browser, world: World, clock: Clock) -> None:
    (case_id,) = world.declare()
    told(coordinator, code=reference(case_id), verb="verify", key="a", at=(NOW - timedelta(minutes=20)).isoformat())
    told(coordinator, code=reference(case_id), verb="register", key="b", at="when the bus came")
    _, verified, registered = read_history(world.ports, COORDINATOR, case_id).entries
    assert verified.facts == {"scanned_at": "2026-12-07T09:10:00+00:00"}
    assert registered.facts == {}
    assert "Scanned 17:10, without network" in coordinator.get(f"/console/travellers/{case_id}").text


@pytest.mark.parametrize(
    "at", ["2026-12-07T09:29:30Z", "2027-01-01T00:00:00Z", "2026-12-01T00:00:00Z", "2026-12-07T09:00", ""]
)
def test_a_time_that_cannot_be_is_not_written_down(coordinator: Browser, world: World, at: str) -> None:
    (case_id,) = world.declare()
    told(coordinator, code=reference(case_id), verb="verify", key="a", at=at)
    assert read_history(world.ports, COORDINATOR, case_id).entries[-1].facts == {}


def test_a_district_sees_its_own_and_may_not_verify(sign_in: SignIn, world: World) -> None:
    (case_id,) = world.declare()
    own, other = sign_in("district", district="yuzhong"), sign_in("district", district="jiangbei")
    assert told(own, code=reference(case_id))["kind"] == "good"
    assert told(own, code=reference(case_id), verb="verify")["text"] == "Your desk may not do this."
    assert told(other, code=reference(case_id)) == told(other, code=reference("7K3M9QX20AB"))
    assert state_of(world, case_id) == State.DECLARED
    assert 'value="verify"' not in own.get(PATH).text
    assert sign_in("media").get(PATH).status == 403


def test_without_script_the_form_answers_with_the_page(coordinator: Browser, world: World) -> None:
    (case_id,) = world.declare()
    form = coordinator.get(PATH).forms[-1]
    shown = coordinator.submit(form, code=token_for(case_id, POINT, TODAY), verb="verify")
    assert (shown.status, shown.text.count('data-kind="good"')) == (200, 1)
    assert "Done: Verified." in shown.text
    assert 'value="verify" checked' in shown.text
    assert state_of(world, case_id) == State.VERIFIED


def test_the_copy_that_a_device_keeps_names_nobody(coordinator: Browser, world: World) -> None:
    copy = coordinator.get(f"{PATH}/kept?lang=zh-Hans")
    assert copy.status == 200
    assert "扫码核验" in copy.text
    assert world.wiring.passes.public_keys[1].hex() in copy.text
    for secret in (COORDINATOR.display_name, COORDINATOR.officer_id, "csrf_token"):
        assert secret not in copy.text
        assert secret in coordinator.get(PATH).text
    assert Browser(coordinator.app, coordinator.entrance).get(f"{PATH}/kept").status == 303


def test_the_worker_lists_files_that_are_there(coordinator: Browser) -> None:
    answer = coordinator.get(f"{PATH}/worker")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["service-worker-allowed"] == PATH
    setting = json.loads(answer.text.partition("=")[2].partition(";\n")[0])
    assert setting["page"] == PATH
    assert len(setting["files"]) == 8
    for file in setting["files"]:
        assert "immutable" in coordinator.get(file).headers["cache-control"]
