"""Lists of travellers: a flight's, a district's or a point's day, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.actions.find_travellers import visible
from chalicelib.actions.ports import Page, Ports, View
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point

MOST_PAGES = 10
"""Queries that one page of a sparse filter may cost; the cursor goes on from there."""


@dataclass(frozen=True)
class Filter:
    """Which travellers: ``day`` None is today at the point."""

    flight: str = ""
    day: date | None = None
    state: str = ""
    district: str = ""


def list_travellers(
    ports: Ports, officer: Officer, point: Point, wanted: Filter, limit: int, cursor: Mapping[str, Any] | None
) -> Page:
    """Up to ``limit`` cases, as everybody is to see them, and where to go on."""
    check_may(officer, "read_cases")
    view = _view(ports, officer, point, wanted)
    found: list[Case] = []
    for _ in range(MOST_PAGES):
        page = ports.store.page(view, limit - len(found), cursor)
        found += [case for case in visible(ports, officer, page.items) if _wanted(case, wanted)]
        cursor = page.cursor
        if cursor is None or len(found) >= limit:
            break
    return Page(tuple(found), cursor)


def _view(ports: Ports, officer: Officer, point: Point, wanted: Filter) -> View:
    day = wanted.day or local_date(ports.clock(), point.time_zone)
    district = confined_to(officer) or wanted.district
    if wanted.flight:
        return View(Case, "by_flight", f"{point.point}#{day}#{wanted.flight}")
    if district:
        return View(Case, "by_district", f"{district}#{day}")
    return View(Case, "by_day", f"{point.point}#{day}")


def _wanted(case: Case, wanted: Filter) -> bool:
    return (
        wanted.state in ("", case.state)
        and wanted.district in ("", case.district)
        and wanted.flight in ("", case.flight)
    )
