"""One box finds a traveller by whatever is typed, and nothing typed stands in an address."""

import pytest

from chalicelib.domain.case import Case
from chalicelib.domain.identifiers import reference
from chalicelib.passes.tokens import Pass
from tests.web.browser import Browser
from tests.web.console.conftest import SignIn
from tests.web.console.world import World


@pytest.fixture
def case_id(world: World) -> str:
    return world.declare(document_number="G1234567", phone="+8613912345678", family_name="GARCÍA")[0]


@pytest.mark.parametrize(
    "typed", ["G1234567", "g 123 4567", "Ｇ1234567", "139 1234 5678", "0086 139-1234-5678", "+8613912345678"]
)
def test_document_or_phone_leads_to_the_traveller_at_once(coordinator: Browser, case_id: str, typed: str) -> None:
    answer = coordinator.post("/console/search", {"q": typed})
    assert answer.status == 303
    assert answer.headers["location"] == f"/console/travellers/{case_id}"


def test_a_reference_as_heard_and_a_scanned_pass(coordinator: Browser, world: World, case_id: str) -> None:
    case = world.ports.store.get(Case, case_id)
    token = world.wiring.passes.token(Pass(case_id, case.point, case.intake_date))
    for typed in (reference(case_id).lower(), f"HTTPS://X.EXAMPLE/P/{token}", token.lower()):
        answer = coordinator.post("/console/search", {"q": typed})
        assert answer.headers.get("location") == f"/console/travellers/{case_id}", typed


@pytest.mark.parametrize("typed", ["garcia", "Garcia Xiaoming", "李小明"])
def test_a_name_is_listed_with_its_numbers_masked(coordinator: Browser, case_id: str, typed: str) -> None:
    answer = coordinator.post("/console/search", {"q": typed})
    assert answer.status == 200
    assert f"/console/travellers/{case_id}" in answer.text
    assert "G1234567" not in answer.text
    assert "13912345678" not in answer.text


def test_a_flight_number_leads_to_the_flight(coordinator: Browser, case_id: str) -> None:
    answer = coordinator.post("/console/search", {"q": "ca 0406"})
    assert answer.headers["location"].endswith("/CA406")
    assert coordinator.follow(answer).status == 200


def test_a_plate_finds_who_is_on_the_vehicle(coordinator: Browser, world: World) -> None:
    people = [world.registered(), world.registered()]
    world.vehicle(*people, plate="渝A12345")
    answer = coordinator.post("/console/search", {"q": "渝a 12345"})
    assert all(f"/console/travellers/{case_id}" in answer.text for case_id in people)


@pytest.mark.parametrize("typed", ["Nobody Atall", "A0000001", "\x00", "!!!", "9" * 390, "<script>alert(1)</script>"])
def test_what_finds_nobody_says_so(coordinator: Browser, case_id: str, typed: str) -> None:
    answer = coordinator.post("/console/search", {"q": typed, "date": "not a date"})
    assert answer.status == 200
    assert "Nobody found" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_typed_is_asked_for_and_not_looked_for(coordinator: Browser, typed: str) -> None:
    answer = coordinator.post("/console/search", {"q": typed, "date": "2026-12-07"})
    assert answer.status == 422
    assert answer.text.count("Enter what you look for") == 2
    assert "2026-12-07" in answer.text
    assert "Nobody found" not in answer.text


def test_a_districts_officer_finds_only_their_own(sign_in: SignIn, case_id: str) -> None:
    elsewhere = sign_in("district", district="jiangbei")
    assert "Nobody found" in elsewhere.post("/console/search", {"q": "G1234567"}).text
    own = sign_in("district", district="yuzhong")
    assert own.post("/console/search", {"q": "G1234567"}).status == 303


def test_a_flight_for_a_desk_without_flights_is_a_list(sign_in: SignIn, case_id: str) -> None:
    own = sign_in("district", district="yuzhong")
    answer = own.post("/console/search", {"q": "CA406"})
    assert answer.headers["location"].startswith("/console/travellers?flight=CA406")
    assert case_id in own.follow(answer).text
