"""Travellers by id, for pages that name them beside something else."""

from collections.abc import Iterable, Mapping

from chalicelib.actions.find_travellers import visible
from chalicelib.domain.case import Case
from chalicelib.web.console.desk import Desk

BATCH = 100


def by_id(desk: Desk, case_ids: Iterable[str | None]) -> Mapping[str, Case]:
    """Those that exist and this officer may see, as everybody is to see them."""
    wanted = [(case_id,) for case_id in dict.fromkeys(case_ids) if case_id]
    stored: list[Case] = []
    for start in range(0, len(wanted), BATCH):
        stored += desk.ports.store.many(Case, wanted[start : start + BATCH]).values()
    return {case.case_id: case for case in visible(desk.ports, desk.officer, stored)}
