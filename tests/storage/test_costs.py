"""What each verb and list costs at the database; figures are printed with ``pytest -s``."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chalicelib.actions.casework import seen_case
from chalicelib.actions.count_flight import count_flight
from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.actions.ports import Save, View
from chalicelib.actions.read_history import read_history
from chalicelib.actions.resend_message import list_messages
from chalicelib.actions.send_message import send_message
from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.domain.arrivals import Flight
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.messages import Message
from chalicelib.storage.counting import KILOBYTE, Cost, Written, counted, size_of
from chalicelib.storage.spending import RememberedSpending
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.actions.test_ceiling import Phones
from tests.actions.world import COORDINATOR, MORNING, World, daughter, declaration, person
from tests.benchmarks.costs import verbs
from tests.domain.cases import case
from tests.intake.example import CONTEXT, valid_answers
from tests.wired import fresh, wired

Measure = Callable[[str, Callable[[], Any]], Cost]


@pytest.fixture(scope="module")
def here(aws: Stack) -> Wiring:
    return wired(aws)


@pytest.fixture
def world(here: Wiring) -> World:
    """A day that no other test has, in the lifetime of who declares, in no month's first days; keys and places warm."""
    world = World(here.store, here.ring)
    world.clock.now = MORNING.replace(year=2033) + timedelta(days=int(fresh(4), 36) % 25_000)
    world.clock.now = world.clock.now.replace(day=10 + world.clock.now.day % 18)
    world.declare(document_number=fresh(), **on(world))
    world.ports.spending.of("CKG", local_date(world.clock(), "Asia/Shanghai"))
    return world


def on(world: World, days: int = 0) -> dict[str, str]:
    return {"arrival_date": str((world.clock.now + timedelta(days=days)).date())}


@pytest.fixture
def measure(here: Wiring) -> Measure:
    def run(what: str, act: Callable[[], Any]) -> Cost:
        with counted(here.store) as cost:
            act()
        print(f"{what}: {cost}")  # noqa: T201
        return cost

    return run


def real_answers(world: World) -> dict[str, Any]:
    """What the form really gives: every field answered."""
    from chalicelib.intake.forms import load
    from chalicelib.intake.validate import validate

    day = (world.clock.now + timedelta(hours=8)).date()
    context = replace(CONTEXT, today=day)
    return validate(load("arrival", 1), valid_answers(day, document_number=f"E{fresh(8)}"), context)


class TestADeclaration:
    def test_of_one_person_is_one_call_without_a_read_and_at_most_20_units(
        self, world: World, measure: Measure
    ) -> None:
        sent = replace(declaration(fresh()), answers=real_answers(world))
        cost = measure("declaration of one", lambda: submit_declaration(world.ports, sent))
        for row in cost.written:
            print(f"  {row}")  # noqa: T201
        assert (cost.calls, cost.operations, cost.rows_read) == (1, {"TransactWriteItems": 1}, 0)
        assert cost.rows_written == 5
        assert cost.write_units <= 20

    def test_with_fever_is_a_row_more(self, world: World, measure: Measure) -> None:
        answers = {**real_answers(world), "symptoms": ["fever"]}
        sent = replace(declaration(fresh()), answers=answers)
        cost = measure("declaration with fever", lambda: submit_declaration(world.ports, sent))
        assert (cost.calls, cost.rows_written, cost.write_units <= 22) == (1, 6, True)

    def test_of_nine_is_one_call(self, world: World, measure: Measure) -> None:
        companions = [daughter(fresh(), given_names=f"M{n}") for n in range(8)]
        sent = declaration(fresh(), document_number=fresh(), companions=companions, **on(world))
        cost = measure("declaration of nine", lambda: submit_declaration(world.ports, sent))
        assert (cost.calls, cost.rows_written <= 100) == (1, True)

    def test_in_a_months_first_days_is_one_call_too(self, world: World, measure: Measure) -> None:
        world.clock.now = world.clock.now.replace(day=1, month=12)
        world.declare(document_number=fresh(), **on(world))
        sent = declaration(fresh(), document_number=fresh(), **on(world))
        cost = measure("declaration on the first", lambda: submit_declaration(world.ports, sent))
        assert (cost.calls, cost.rows_read, cost.write_units <= 22) == (1, 0, True)

    def test_sent_again_is_the_refused_write_alone(self, world: World, measure: Measure) -> None:
        sent = declaration(fresh(), document_number=fresh(), **on(world))
        submit_declaration(world.ports, sent)
        cost = measure("declaration again", lambda: submit_declaration(world.ports, sent))
        assert cost.calls == 1


LIMITS = {
    "verify": (2, 3), "register": (2, 3), "open dispatch": (2, 5), "board": (2, 3), "depart": (3, 6),
    "settle one of a departure": (6, 7), "send a message": (3, 2), "arrive": (3, 4), "acknowledge": (2, 4),
    "settle one of a hand-over": (8, 5), "quarantine": (5, 7), "change": (7, 9), "hold": (4, 4), "unhold": (4, 4),
    "refer": (3, 3), "return": (4, 4), "release": (7, 10),
}  # fmt: skip
"""Calls and rows written that each verb may cost; declarations have tests of their own. Two calls of a hand-over stop
the vehicle's clocks, once however many ride."""


def test_the_verbs_of_a_journey(world: World, measure: Measure) -> None:
    seen = set()
    for what, act in verbs(world):
        cost = measure(what, act)
        calls, rows = LIMITS.get(what, (1, 6))
        assert cost.calls <= calls, what
        assert cost.rows_written <= rows, what
        assert cost.operations["TransactWriteItems"] <= (3 if what == "settle one of a hand-over" else 2), what
        seen.add(what)
    assert set(LIMITS) <= seen
    case_id = next(iter(world.store.page(View(Case, "by_day", day_of(world)), 50).items)).case_id
    assert measure("history", lambda: read_history(world.ports, COORDINATOR, case_id)).calls <= 6


def day_of(world: World) -> str:
    return f"CKG#{world.clock.now.date()}"


def test_a_row_alone_costs_no_transaction(world: World, measure: Measure) -> None:
    case_id = world.declare(document_number=fresh(), **on(world)).declaration_id
    cost = measure("a row alone", lambda: world.store.commit([Save(world.case(case_id))]))
    (row,) = cost.written
    assert (cost.operations, row.units) == ({"GetItem": 1, "PutItem": 1}, -(-row.size // KILOBYTE))


def test_counting_and_a_ceiling_cost_a_text_one_small_row_and_no_call_of_its_own(
    world: World, measure: Measure, here: Wiring
) -> None:
    case_id = world.registered(fresh(), **on(world))
    world.settle(world.departed(case_id, key=fresh()), "departed")
    ports = replace(world.ports, spending=RememberedSpending(here.store))
    first, *others = ports.store.page(View(Message, "by_traveller", case_id), 10).items
    measure("send the first", lambda: send_message(ports, Phones(), first.message_id))
    for message in others:
        cost = measure("send", partial(send_message, ports, Phones(), message.message_id))
        assert [row.sort for row in cost.written] == ["-", "-"]
        assert cost.operations["Query"] == cost.operations["TransactWriteItems"] == 0
    cost = measure("write down what was spent", ports.spending.flush)
    assert [(row.table, row.units) for row in cost.written] == [("owed", 2)]


def test_a_whole_roster_is_read_in_two_calls(world: World, measure: Measure) -> None:
    ids = tuple(world.registered(fresh(), **on(world)) for _ in range(12))
    cost = measure("open dispatch with 12", lambda: world.opened(*ids, key=fresh()))
    assert (cost.calls, cost.rows_written) == (2, 12 + 3)


def test_lists_cost_the_same_whatever_lies_on_other_days(world: World, measure: Measure) -> None:
    day, point = (world.clock.now + timedelta(hours=8)).date(), world.ports.places.point("CKG")
    case_id = world.registered(fresh(), **on(world))
    for _ in range(4):
        world.declare(document_number=fresh(), **on(world))
    dispatch_id = world.departed(case_id, key=fresh())
    flight = Flight(
        point="CKG", date=day, number="CA406", kind="scheduled", route="international", origin="FRA",
        scheduled=world.clock(), estimated=None, expected_heads=200,
    )  # fmt: skip
    ports, officer = world.ports, COORDINATOR
    reads: dict[str, tuple[Callable[[], Any], int]] = {
        "one traveller": (lambda: seen_case(ports, officer, case_id), 2),
        "travellers of today": (lambda: list_travellers(ports, officer, point, Filter(), 50, None), 3),
        "travellers of a flight": (lambda: list_travellers(ports, officer, point, Filter("CA406", day), 50, None), 3),
        "travellers of a district": (
            lambda: list_travellers(ports, officer, point, Filter(district="yuzhong"), 50, None), 3),
        "a flight's counts": (lambda: count_flight(ports, flight), 3),
        "dispatches of today": (lambda: list_dispatches(ports, officer, point, None, "", 50, None), 2),
        "messages of a traveller": (lambda: list_messages(ports, officer, point, case_id, "", "", 50, None), 4),
        "messages of a dispatch": (lambda: list_messages(ports, officer, point, "", dispatch_id, "", 50, None), 3),
        "by document": (lambda: find(world, "document_number", world.case(case_id).answers["document_number"]), 5),
        "by reference": (lambda: find(world, "reference", world.case(case_id).reference), 3),
        "by plate": (lambda: find(world, "plate", "渝A12345"), 4),
        "by name": (lambda: find(world, "name", "li"), 5),
    }  # fmt: skip
    others(world, 100)
    find(world, "phone", "+8613800138000")  # last month's digests
    few = {what: measure(what, read) for what, (read, _) in reads.items()}
    others(world, 1900)
    many = {what: measure(f"{what}, 2,000 others", read) for what, (read, _) in reads.items()}
    for what, (_, calls) in reads.items():
        assert few[what].calls <= calls, what
        assert (many[what].calls, many[what].rows_read) == (few[what].calls, few[what].rows_read), what


def find(world: World, field: str, value: str) -> tuple[Case, ...]:
    return find_travellers(world.ports, COORDINATOR, world.ports.places.point("CKG"), Query(field, value))


def others(world: World, number: int) -> None:
    """Travellers of other days and other documents, written as they are stored."""
    start, said = world.clock.now.date(), {**person(), "household_registration": "yuzhong"}
    rows = [case(fresh(), arrival_date=start + timedelta(days=5 + n % 60), answers=said) for n in range(number)]
    for first in range(0, number, 100):
        world.store.commit([Save(row) for row in rows[first : first + 100]])


def test_sizes_by_dynamodbs_rules() -> None:
    item = {"pk": {"S": "渝A"}, "n": {"N": "-123.45"}, "b": {"B": b"xxxx"}, "z": {"NULL": True}}
    assert size_of(item) == (2 + 4) + (1 + 1 + 3) + (1 + 4) + (1 + 1)


def test_counting_stops_with_its_block(world: World, here: Wiring) -> None:
    with counted(here.store) as cost:
        pass
    world.store.find(Case, "x")
    assert (cost.calls, cost.write_units, cost.bytes_written) == (0, 0, 0)
    assert Written("cases", "case", 1025, 4, 3).units == 4
