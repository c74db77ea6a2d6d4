"""Search before create: a document, a phone, a reference, a plate or a name finds travellers, by key look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.actions.ports import Ports, View
from chalicelib.actions.told_rows import TOLD
from chalicelib.actions.whole_view import every
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Case
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.finding import Finder, PlateOf, Told
from chalicelib.domain.identifiers import case_id_of
from chalicelib.domain.names import name_matches
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.domain.settle import settled

FIELDS = ("document_number", "phone", "reference", "plate", "name")
MOST = 50
NAME_DAYS = 2
"""house.md, finding: names are looked for within the point's last two days unless a date says otherwise."""


@dataclass(frozen=True)
class Query:
    """One field of FIELDS and what was typed, already normalised by the intake's types."""

    field: str
    value: str
    day: date | None = None


def find_travellers(ports: Ports, officer: Officer, point: Point, query: Query) -> tuple[Case, ...]:
    """Up to 50 travellers, as everybody is to see them, that this officer may see."""
    check_may(officer, "read_cases")
    day = query.day or local_date(ports.clock(), point.time_zone)
    if query.field == "name":
        return _by_name(ports, officer, point, query, day)
    return visible(ports, officer, _by_key(ports, query, day))[:MOST]


def _by_key(ports: Ports, query: Query, day: date) -> Iterable[Case]:
    match query.field:
        case "reference":
            case_id = case_id_of(query.value)
            ids = [case_id] if case_id else []
        case "plate":
            ids = _on_vehicle(ports, query.value, day)
        case "phone":
            ids = by_phone(ports, query.value, day)
        case kind:
            ids = _by_digest(ports, "document" if kind == "document_number" else kind, query.value, day)
    return ports.store.many(Case, [(found,) for found in dict.fromkeys(ids)]).values()


def by_phone(ports: Ports, phone: str, day: date) -> list[str]:
    """Case ids of travellers who gave this phone as their own, then of those whose contact was texted there."""
    told: list[str] = []
    for month in _months(day):
        digest = ports.digests.digest(month, TOLD, phone)
        page = ports.store.page(View(Told, "", f"told#{digest}"), MOST)
        told += [row.case_id for row in page.items]
    return list(dict.fromkeys([*_by_digest(ports, "phone", phone, day), *told]))[:MOST]


def _months(day: date) -> tuple[str, str]:
    """This month's and last month's key: a quarantine begun in the one may end in the other."""
    last_month = day.replace(day=1) - timedelta(days=1)
    return f"{day:%Y-%m}", f"{last_month:%Y-%m}"


def _by_digest(ports: Ports, kind: str, value: str, day: date) -> list[str]:
    found: list[str] = []
    for month in _months(day):
        digest = ports.digests.digest(month, f"find-{kind}", value)
        page = ports.store.page(View(Finder, "", f"{kind}#{digest}"), MOST)
        found += [finder.case_id for finder in page.items]
    return found[:MOST]


def _on_vehicle(ports: Ports, plate: str, day: date) -> list[str]:
    page = ports.store.page(View(PlateOf, "", f"plate#{plate}#{day}"), MOST)
    dispatches = ports.store.many(Dispatch, [(row.dispatch_id,) for row in page.items])
    return [case_id for dispatch in dispatches.values() for case_id in dispatch.riders]


def _by_name(ports: Ports, officer: Officer, point: Point, query: Query, day: date) -> tuple[Case, ...]:
    days = [day] if query.day else [day - timedelta(days=back) for back in range(NAME_DAYS)]
    found: list[Case] = []
    for one_day in days:
        found += [case for case in _of_day(ports, officer, point, one_day) if _named(case, query.value)]
    return visible(ports, officer, found)[:MOST]


def _of_day(ports: Ports, officer: Officer, point: Point, day: date) -> Iterable[Case]:
    district = confined_to(officer)
    view = View(Case, "by_district", f"{district}#{day}") if district else View(Case, "by_day", f"{point.point}#{day}")
    return every(ports.store, view)


def _named(case: Case, typed: str) -> bool:
    answers = case.answers
    return name_matches(
        typed, answers.get("family_name", ""), answers.get("given_names", ""), answers.get("name_zh") or ""
    )


def visible(ports: Ports, officer: Officer, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases, each read through its dispatch, without those of districts that this officer does not see."""
    listed = list(cases)
    wanted = {(case.dispatch_id,): None for case in listed if case.dispatch_id}
    dispatches = ports.store.many(Dispatch, list(wanted))
    effective = [settled(case, dispatches.get((case.dispatch_id,))) for case in listed]
    confined = confined_to(officer)
    return tuple(case for case in effective if confined is None or case.district == confined)
