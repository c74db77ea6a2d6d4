"""A day in numbers, from one bounded pass over its travellers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.domain.case import ALARMING, Case
from chalicelib.domain.states import State
from chalicelib.web.console.desk import Desk

PAGE = 100
MOST_PAGES = 12
"""A point receives 500 a day; beyond 1,200 the page says that it counted no further."""


@dataclass
class Tally:
    """``people`` leaves out linked declarations, void ones and those of a drill: they are nobody."""

    states: Counter[str] = field(default_factory=Counter)
    flights: Counter[str] = field(default_factory=Counter)
    signs: int = 0
    people: int = 0
    whole: bool = True

    def add(self, case: Case) -> None:
        """Count one traveller."""
        if case.linked_to is not None or case.state == State.VOID or case.drill:
            return
        self.people += 1
        self.states[case.state] += 1
        self.flights[case.flight] += 1
        self.signs += bool(ALARMING & set(case.signs)) and case.state in (State.DECLARED, State.VERIFIED)


def tally(desk: Desk, day: date) -> Tally:
    """The day's travellers that this officer sees, counted."""
    counted = Tally()
    people, counted.whole = everybody(desk, day)
    for case in people:
        counted.add(case)
    return counted


def everybody(desk: Desk, day: date, wanted: Filter | None = None) -> tuple[tuple[Case, ...], bool]:
    """The day's travellers, and whether these are all."""
    asked, cursor = wanted or Filter(day=day), None
    found: list[Case] = []
    for _ in range(MOST_PAGES):
        page = list_travellers(desk.ports, desk.officer, desk.point, asked, PAGE, cursor)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return tuple(found), True
    return tuple(found), False


def in_parties(people: Iterable[Case]) -> tuple[tuple[Case, ...], ...]:
    """People with their families side by side, in the order in which each family came."""
    parties: dict[str, list[Case]] = {}
    for case in people:
        parties.setdefault(case.party_id, []).append(case)
    return tuple(tuple(members) for members in parties.values())
