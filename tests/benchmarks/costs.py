"""What each verb costs at the database: calls, rows, bytes, write units; the same on every machine."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.actions.opt_out import opted_out
from chalicelib.actions.quarantine import Placement, change_quarantine, hold_case, start_quarantine, unhold_case
from chalicelib.actions.release import release_early
from chalicelib.actions.send_message import send_message
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.actions.submit_declaration import submit_declaration
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.failures import Accepted
from chalicelib.storage.counting import Cost, counted
from chalicelib.storage.store import DynamoStore
from chalicelib.wiring import Wiring
from tests.actions.world import COORDINATOR, MOTHER, World, declaration
from tests.benchmarks.figure import Effort, Figure, Table
from tests.wired import fresh

Verbs = Iterator[tuple[str, Callable[[], Any]]]


class Taker:
    """A provider that takes everything and costs nothing."""

    name = "taker"

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """As the port says."""
        return Accepted(f"SM{message_id}", "queued", "")

    def find(self, *_: Any, **__: Any) -> None:
        """Nothing is ever asked for."""


def measure(here: Wiring, effort: Effort) -> Figure:
    """Each verb once, on real tables, with warm keys and places."""
    world = World(here.store, here.ring)
    world.clock.now = middle_of_a_month(here.clock())
    world.declare(document_number=fresh(), arrival_date=str(world.clock.now.date()))
    opted_out(world.ports, MOTHER)
    world.ports.spending.of("CKG", local_date(world.clock.now, "Asia/Shanghai"))
    found: dict[str, Cost] = {}
    for name, act in verbs(world):
        assert isinstance(world.store, DynamoStore)
        with counted(world.store) as cost:
            act()
        found[name] = cost
    head = ("verb", "calls", "rows read", "bytes read", "rows written", "bytes written", "write units")
    return Figure(
        name="costs",
        title="What a verb costs at the database",
        measured="One traveller's journey on real tables, by DynamoDB's own rules of size: a unit for each kilobyte"
        " begun, twice in a transaction, and one for each index entry that is made or moved. No machine changes this.",
        parts=[Table(head, [(name, *map(_said, _numbers(cost).values())) for name, cost in found.items()])],
        data={name: _numbers(cost) for name, cost in found.items()},
    )


def middle_of_a_month(now: datetime) -> datetime:
    """A day far from a month's first ones, which look at last month's digests too."""
    return now.replace(day=10 + now.day % 15, hour=2)


def verbs(world: World) -> Verbs:
    """One traveller's journey, verb by verb, each as something that can be measured."""
    ports, officer, on = world.ports, COORDINATOR, str(world.clock.now.date())
    sent = declaration(fresh(), document_number=fresh(), arrival_date=on)
    yield "declare", lambda: submit_declaration(ports, sent)
    yield "declare again", lambda: submit_declaration(ports, sent)
    case_id = submit_declaration(ports, sent).declaration_id
    yield "verify", lambda: move_traveller(ports, officer, case_id, "verify")
    yield "register", lambda: move_traveller(ports, officer, case_id, "register")
    opened: list[str] = []
    yield "open dispatch", lambda: opened.append(world.opened(case_id, key=fresh()).dispatch_id)
    (vehicle,) = opened
    opted_out(ports, "+8613900000000")  # the key of such digests is made once
    yield "board", lambda: board_traveller(ports, officer, vehicle, case_id)
    yield "depart", lambda: depart_dispatch(ports, officer, vehicle)
    yield "settle one of a departure", lambda: settle_travellers(ports, vehicle, "departed")
    kind, message = next(entry for entry in reversed(world.queue.taken) if entry[0] == "message")
    yield f"send a {kind}", lambda: send_message(ports, Taker(), message)
    yield "arrive", lambda: arrive_dispatch(ports, officer, vehicle, (case_id,))
    yield "acknowledge", lambda: acknowledge_handover(ports, officer, vehicle)
    yield "settle one of a hand-over", lambda: settle_travellers(ports, vehicle, "acknowledged")
    yield from _stay(world, case_id)


def _stay(world: World, case_id: str) -> Verbs:
    ports, officer = world.ports, COORDINATOR

    def change() -> Case:
        known = world.case(case_id).quarantine
        assert known
        return change_quarantine(ports, officer, case_id, known.end_date + timedelta(days=1), "r", None)

    place = Placement("hotel", "滨江酒店", "1203")
    yield "quarantine", lambda: start_quarantine(ports, officer, case_id, place, None)
    yield "change", change
    yield "hold", lambda: hold_case(ports, officer, case_id, "r", None)
    yield "unhold", lambda: unhold_case(ports, officer, case_id, "r", None)
    yield "refer", lambda: move_traveller(ports, officer, case_id, "refer", "r")
    yield "return", lambda: move_traveller(ports, officer, case_id, "return")
    yield "release", lambda: release_early(ports, officer, case_id, "r", None)


def _numbers(cost: Cost) -> dict[str, int]:
    return {
        "calls": cost.calls, "rows_read": cost.rows_read, "bytes_read": cost.bytes_read,
        "rows_written": cost.rows_written, "bytes_written": cost.bytes_written, "write_units": cost.write_units,
    }  # fmt: skip


def _said(number: int) -> str:
    return f"{number:,}"
