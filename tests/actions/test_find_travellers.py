"""Search before create, lists, passes that come back, tasks, reference data."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.actions.count_flight import count_flight
from chalicelib.actions.desk_tasks import do_task, list_tasks
from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.keep_reference import list_flights, list_hotels, put_reference
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.actions.recover_pass import recover_pass
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.errors import NotFound, NotPermitted, Stale
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import District
from tests.actions.world import COORDINATOR, JIANGBEI, OWN, YUZHONG, World, daughter, person

MEDIA = Officer(officer_id="m", desks=frozenset({"media"}))
TODAY = date(2026, 11, 23)


def found(world: World, field: str, value: str, day: date | None = None, officer: Officer = COORDINATOR) -> list[str]:
    point = world.ports.places.point("CKG")
    return [case.case_id for case in find_travellers(world.ports, officer, point, Query(field, value, day))]


def listed(world: World, officer: Officer = COORDINATOR, **wanted: object) -> list[str]:
    point, cursor, ids = world.ports.places.point("CKG"), None, []
    while True:
        page = list_travellers(world.ports, officer, point, Filter(**wanted), 2, cursor)  # type: ignore[arg-type]
        ids += [case.case_id for case in page.items]
        cursor = page.cursor
        if cursor is None:
            return ids


def test_one_box_finds_by_whatever_an_officer_has(world: World) -> None:
    case_id = world.registered()
    world.opened(case_id)
    case = world.case(case_id)
    for field, value in [
        ("document_number", "E12345678"), ("phone", OWN), ("reference", case.reference), ("plate", "渝A12345"),
        ("name", "xiaoming"), ("name", "李小明"),
    ]:  # fmt: skip
        assert found(world, field, value) == [case_id], field
        assert found(world, field, value, officer=JIANGBEI) == [], field
    for field in ("document_number", "phone", "reference", "plate", "name"):
        assert found(world, field, "E0") == []
    with pytest.raises(NotPermitted):
        found(world, "name", "li", officer=MEDIA)


def test_a_shared_phone_finds_everybody_who_gave_it(world: World) -> None:
    ids = {world.declare(**person(f"E{n}")).declaration_id for n in range(3)}
    assert set(found(world, "phone", OWN)) == ids


def test_last_months_digests_still_find(world: World) -> None:
    world.clock.now = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    case_id = world.declare().declaration_id
    world.clock.forward(days=20)
    assert found(world, "phone", OWN) == found(world, "document_number", "E12345678") == [case_id]
    world.clock.forward(days=30)
    assert found(world, "phone", OWN) == []
    assert found(world, "phone", OWN, date(2026, 12, 24)) == [case_id], "a date widens it"


def test_names_are_looked_for_in_two_days_or_in_the_day_asked(world: World) -> None:
    case_id = world.declare().declaration_id
    world.clock.forward(days=1)
    assert found(world, "name", "li") == [case_id]
    world.clock.forward(days=1)
    assert found(world, "name", "li") == []
    assert found(world, "name", "li", TODAY) == [case_id]


def test_lists_of_a_day_a_flight_a_district(world: World) -> None:
    ids = [world.declare(**person(f"E{n}"), flight_number=f"CA{n % 2}").declaration_id for n in range(5)]
    other = world.declare(**person("X"), household_registration="jiangbei", flight_number="MU1").declaration_id
    assert sorted(listed(world)) == sorted([*ids, other])
    assert sorted(listed(world, flight="CA1")) == sorted(ids[1::2])
    assert listed(world, district="jiangbei") == listed(world, JIANGBEI) == [other]
    assert listed(world, YUZHONG, district="jiangbei") == [], "confined"
    assert listed(world, flight="MU1", district="yuzhong") == []
    assert listed(world, day=date(2026, 11, 22)) == []
    world.move(ids[0], "verify")
    assert listed(world, state="verified") == [ids[0]]


def test_a_list_shows_a_departure_at_once(world: World) -> None:
    case_id = world.registered()
    world.departed(case_id)
    assert listed(world, state="dispatched") == [case_id]


def test_a_flights_counts_leave_linked_declarations_out(world: World) -> None:
    case_id = world.declare(companions=[daughter()]).declaration_id
    world.declare(family_name="WANG")
    world.move(case_id, "verify")
    flight = Flight(
        point="CKG", date=TODAY, number="CA406", kind="scheduled", route="international", origin="FRA",
        scheduled=world.clock(), estimated=None, expected_heads=200,
    )  # fmt: skip
    assert count_flight(world.ports, flight) == {"verified": 1, "declared": 1}


def test_a_lost_pass_comes_back_to_who_knows_three_things(world: World) -> None:
    case = world.case(world.declare().declaration_id)
    assert recover_pass(world.ports, case.reference.lower(), "E12345678", "1984-03-27").case_id == case.case_id
    for wrong in [
        ("", "E12345678", "1984-03-27"),
        (case.reference, "E1", "1984-03-27"),
        (case.reference, "E12345678", ""),
    ]:
        with pytest.raises(NotFound):
            recover_pass(world.ports, *wrong)


def test_nobody_without_a_document_is_guessed_by_leaving_it_out(world: World) -> None:
    case = world.case(world.declare(document_number=None, date_of_birth=None).declaration_id)
    with pytest.raises(NotFound):
        recover_pass(world.ports, case.reference, "", "")


def test_tasks_are_ticked_off_and_taken_up_again(world: World) -> None:
    world.declare(symptoms=["fever"])
    (task,) = list_tasks(world.ports, COORDINATOR, "CKG", "onsite", TODAY, 50).items
    assert list_tasks(world.ports, JIANGBEI, "CKG", "onsite", TODAY, 50).items == ()
    done = do_task(world.ports, COORDINATOR, "CKG", "onsite", TODAY, task.task_id)
    assert (done.done_by, done.done_at) == ("coordinator", world.clock())
    again = do_task(world.ports, COORDINATOR, "CKG", "onsite", TODAY, task.task_id, done=False)
    assert (again.done_by, again.done_at) == ("", None)
    with pytest.raises(NotPermitted):
        list_tasks(world.ports, MEDIA, "CKG", "onsite", TODAY, 50)


def test_reference_data_is_put_as_it_was_read(world: World) -> None:
    district = world.store.get(District, "yuzhong")
    changed = put_reference(world.ports, YUZHONG, replace(district, code="x"))
    assert (changed.version, world.store.get(District, "yuzhong").code) == (2, "x")
    with pytest.raises(Stale):
        put_reference(world.ports, YUZHONG, district)
    with pytest.raises(Stale):
        put_reference(world.ports, COORDINATOR, replace(district, version=0))
    with pytest.raises(NotFound):
        put_reference(world.ports, JIANGBEI, changed)
    assert len(list_hotels(world.ports, COORDINATOR, 50, None).items) == 2
    assert list_flights(world.ports, COORDINATOR, "CKG", TODAY, 50, None).items == ()
