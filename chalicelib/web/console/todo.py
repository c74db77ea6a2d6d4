"""Which lists of tasks an officer works off, and what is still open on them."""

from collections.abc import Iterable

from chalicelib.actions.desk_tasks import list_tasks
from chalicelib.domain.work import Task
from chalicelib.web.console.desk import Desk

LISTS = ("onsite", "hotel", "coordination")
"""Desks that the actions leave tasks for."""
MOST = 100
MOST_PAGES = 5


def own_lists(desk: Desk) -> tuple[str, ...]:
    """The lists of the officer's desks: coordination sees all, a district's officer the calls about their people."""
    desks = desk.officer.desks
    if "coordination" in desks:
        return LISTS
    return tuple(name for name in LISTS if name in desks or (name == "hotel" and "district" in desks))


def tasks_of(desk: Desk, lists: Iterable[str] = ()) -> tuple[Task, ...]:
    """Tasks of today, and last night's that nobody has done: oldest first."""
    found = [task for name in lists or own_lists(desk) for task in _tonight(desk, name)]
    return tuple(sorted(found, key=lambda task: task.created_at))


def _tonight(desk: Desk, name: str) -> list[Task]:
    found: list[Task] = []
    for day in desk.nights:
        cursor = None
        for _ in range(MOST_PAGES):
            page = list_tasks(desk.ports, desk.officer, desk.point.point, name, day, MOST, cursor)
            found += [task for task in page.items if day == desk.today or task.done_at is None]
            cursor = page.cursor
            if cursor is None:
                break
    return found


def open_tasks(desk: Desk) -> tuple[Task, ...]:
    """What is not done yet."""
    return tuple(task for task in tasks_of(desk) if task.done_at is None)
