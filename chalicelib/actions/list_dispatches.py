"""Vehicles of a day, of a point or of a district."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.actions.ports import Page, Ports, View
from chalicelib.domain.calendar import local_date
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point


def list_dispatches(
    ports: Ports, officer: Officer, point: Point, day: date | None, district: str, limit: int,
    cursor: Mapping[str, Any] | None,
) -> Page:  # fmt: skip
    """Up to ``limit`` dispatches, today's unless a day is given; a district's officer sees their own district's."""
    check_may(officer, "read_dispatches")
    when = day or local_date(ports.clock(), point.time_zone)
    confined = confined_to(officer)
    if confined and district not in ("", confined):
        return Page((), None)
    whose = confined or district
    if whose:
        return ports.store.page(View(Dispatch, "by_district", f"{whose}#{when}"), limit, cursor)
    return ports.store.page(View(Dispatch, "by_day", f"{point.point}#{when}"), limit, cursor)
