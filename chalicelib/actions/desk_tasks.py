"""What a desk has to do by hand today: calls to make, signs to look at, people to find."""

from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.actions.ports import Page, Ports, Save, View
from chalicelib.domain.desks import check_may, confined_to
from chalicelib.domain.errors import NotFound
from chalicelib.domain.officers import Officer
from chalicelib.domain.work import Task


def list_tasks(
    ports: Ports, officer: Officer, point: str, desk: str, day: date, limit: int, cursor: Any = None
) -> Page:
    """Tasks of a desk and day, done ones included; a district's officer sees their own district's."""
    check_may(officer, "read_tasks")
    page = ports.store.page(View(Task, "", f"tasks#{point}#{desk}#{day}"), limit, cursor)
    confined = confined_to(officer)
    seen = tuple(task for task in page.items if confined is None or task.district == confined)
    return Page(tuple(sorted(seen, key=lambda task: task.created_at)), page.cursor)


def do_task(ports: Ports, officer: Officer, point: str, desk: str, day: date, task_id: str, done: bool = True) -> Task:
    """The task ticked off, or taken up again when that was a mistake; raises NotPermitted, NotFound, Stale."""
    check_may(officer, "do_task")
    task = ports.store.get(Task, point, day, desk, task_id)
    if confined_to(officer) not in (None, task.district):
        raise NotFound("task")
    now = ports.clock() if done else None
    after = replace(task, done_at=now, done_by=officer.officer_id if done else "")
    ports.store.commit([Save(after)])
    return replace(after, version=after.version + 1)
