"""Finding one person among a thousand and among fifty thousand: the same calls, the same rows."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from chalicelib.actions.find_travellers import Query, find_travellers
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.domain.case import Case
from chalicelib.storage.counting import counted
from chalicelib.wiring import Wiring
from tests.actions.world import COORDINATOR, World
from tests.benchmarks.costs import middle_of_a_month
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.seeding import DAYS, Crowd

Ask = Callable[[Case], tuple[Any, ...]]


@dataclass(frozen=True)
class Found:
    """One way of asking, over some people: what each cost, and how many were not among the answers."""

    calls: tuple[int, ...]
    rows: tuple[int, ...]
    milliseconds: float
    missed: int


def measure(here: Wiring, effort: Effort) -> Figure:
    """The same people asked for at both sizes."""
    few, many = effort.travellers
    world = World(here.store, here.ring)
    world.clock.now = middle_of_a_month(here.clock())
    crowd = Crowd(here, world, tuple(size * few // (2 * DAYS[0]) for size in DAYS))
    crowd.fill(few)
    recent = [case for cases in list(crowd.by_day.values())[:2] for case in cases]
    people = Random(2).sample(recent, effort.finds)
    ways = _ways(world)
    for ask in ways.values():
        ask(people[0])  # the month's keys, which a process loads once
    before = {name: _asked(here, people, ask) for name, ask in ways.items()}
    began = time.perf_counter()
    crowd.fill(many)
    seeded = time.perf_counter() - began
    after = {name: _asked(here, people, ask) for name, ask in ways.items()}
    fullest = max(crowd.by_day, key=lambda day: len(crowd.by_day[day]))
    busy = _asked(here, crowd.by_day[fullest][:1], lambda case: _found(world, "name", _name(case), fullest))
    sizes = [len(cases) for cases in crowd.by_day.values()]
    return _figure(effort, before, after, sizes, busy, seeded)


def _ways(world: World) -> dict[str, Ask]:
    ports, point = world.ports, world.ports.places.point("CKG")
    one_page = {"limit": 50, "cursor": None}

    def listed(**wanted: Any) -> tuple[Any, ...]:
        return list_travellers(ports, COORDINATOR, point, Filter(**wanted), **one_page).items  # type: ignore[arg-type]

    return {
        "by document": lambda case: _found(world, "document_number", case.answers["document_number"]),
        "by phone": lambda case: _found(world, "phone", case.answers["phone"]),
        "by reference": lambda case: _found(world, "reference", case.reference),
        "by name": lambda case: _found(world, "name", _name(case)),
        "page of a day": lambda case: listed(day=case.arrival_date),
        "page of a flight": lambda case: listed(flight=case.flight, day=case.arrival_date),
        "page of a district": lambda case: listed(district=case.district, day=case.arrival_date),
    }


def _name(case: Case) -> str:
    return f"{case.answers['family_name']} {case.answers['given_names']}"


def _found(world: World, field: str, value: str, day: date | None = None) -> tuple[Any, ...]:
    return find_travellers(world.ports, COORDINATOR, world.ports.places.point("CKG"), Query(field, value, day))


def _asked(here: Wiring, people: list[Case], ask: Ask) -> Found:
    here.places.points()
    calls, rows, missed, took = [], [], 0, []
    for person in people:
        with counted(here.store) as cost:
            began = time.perf_counter()
            answer = ask(person)
            took.append((time.perf_counter() - began) * 1000)
        calls.append(cost.calls)
        rows.append(cost.rows_read)
        missed += person.case_id not in {case.case_id for case in answer}
    return Found(tuple(calls), tuple(rows), sorted(took)[len(took) // 2], missed)


def _figure(
    effort: Effort, before: dict[str, Found], after: dict[str, Found], days: list[int], busy: Found, seeded: float
) -> Figure:
    few, many = effort.travellers
    asked = [name for name in before if name.startswith("by")]
    missed = sum(found[name].missed for found in (before, after) for name in asked)
    calls = max(sum(after[name].calls) / sum(before[name].calls) for name in before)
    rows = max(sum(after[name].rows) / sum(before[name].rows) for name in before)
    head = ("", f"calls, {few:,}", f"calls, {many:,}", f"rows, {few:,}", f"rows, {many:,}", "ms ÷ ms")
    return Figure(
        name="find",
        title=f"Finding a person among {few:,} and among {many:,}",
        measured=f"{effort.finds} people of the last two days, asked for by every way at both sizes. The days"
        f" before hold up to {max(days):,} travellers, these two {days[0]:,} each.",
        goals=[
            Goal("people who were not found", missed, 0, f"{missed} of {2 * len(asked) * effort.finds}"),
            Goal("calls, large ÷ small, at worst", calls, 1.0, f"{calls:.2f}"),
            Goal("rows, large ÷ small, at worst", rows, 1.0, f"{rows:.2f}"),
        ],
        parts=[
            Table(head, [_row(name, before[name], after[name]) for name in before]),
            f"A name is unsealed and compared within two days: what it costs grows with a day, never with the table. On"
            f" a day of {max(days):,} it took {busy.calls[0]} calls and {busy.rows[0]:,} rows. The ratio of times is"
            " the local AWS's as much as ours; it slows down with its tables.",
        ],
        data={
            "seeded_s": seeded,
            **{
                size: {name: vars(one) for name, one in all_.items()}
                for size, all_ in (("few", before), ("many", after))
            },
        },
    )


def _row(name: str, few: Found, many: Found) -> tuple[str, ...]:
    columns = (few.calls, many.calls, few.rows, many.rows)
    return (
        name,
        *(f"{sorted(each)[len(each) // 2]:,}" for each in columns),
        f"{many.milliseconds / few.milliseconds:.2f}",
    )
