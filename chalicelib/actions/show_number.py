"""A number in full is for who is going to call it, and that somebody looked is in the audit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from chalicelib.actions.casework import open_case
from chalicelib.actions.dispatchwork import open_dispatch_work
from chalicelib.actions.ports import Ports, Save
from chalicelib.domain.case import Case
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import NotFound, Stale
from chalicelib.domain.officers import Officer
from chalicelib.domain.work import Look, Task

VERB = "show_number"
TRIES = 4
"""Times that a row which somebody else changes is read again: a look changes nothing of it."""
T = TypeVar("T")


def show_traveller_numbers(ports: Ports, officer: Officer, case_id: str, whose: str = "traveller") -> Case:
    """The case, once the look is in its audit. Raises NotPermitted, NotFound, Stale."""
    check_may(officer, VERB)
    return _patiently(lambda: _look_at_case(ports, officer, case_id, whose))


def _look_at_case(ports: Ports, officer: Officer, case_id: str, whose: str) -> Case:
    work = open_case(ports, officer, case_id, None)
    work.apply(work.case, VERB, {"whose": whose})
    return work.commit()


def show_escort_number(ports: Ports, officer: Officer, dispatch_id: str, whose: str = "escort") -> Dispatch:
    """The vehicle, once the look is in its audit. Raises NotPermitted, NotFound, Stale."""
    check_may(officer, VERB)
    return _patiently(lambda: _look_at_vehicle(ports, officer, dispatch_id, whose))


def _look_at_vehicle(ports: Ports, officer: Officer, dispatch_id: str, whose: str) -> Dispatch:
    work = open_dispatch_work(ports, officer, dispatch_id)
    work.apply(work.dispatch, VERB, {"whose": whose})
    return work.commit()


def show_task_number(ports: Ports, officer: Officer, point: str, desk: str, day: date, task_id: str) -> Task:
    """The call to make, once the look is in the audit of whom or what it is about, or on the task itself.

    Raises NotPermitted, NotFound, Stale.
    """
    check_may(officer, VERB)
    task = ports.store.get(Task, point, day, desk, task_id)
    if confined_to(officer) not in (None, task.district):
        raise NotFound("task")
    if task.traveller_id:
        show_traveller_numbers(ports, officer, task.traveller_id, f"call {task_id}")
    elif task.dispatch_id:
        show_escort_number(ports, officer, task.dispatch_id, f"call {task_id}")
    else:
        ports.store.commit([Save(replace(task, looks=(*task.looks, Look(officer.officer_id, ports.clock()))))])
    return task


def _patiently(look: Callable[[], T]) -> T:
    for _ in range(TRIES - 1):
        try:
            return look()
        except Stale:
            continue
    return look()
