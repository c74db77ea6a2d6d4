"""Calls to make: whom, about what, and a tick when it is done."""

from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.actions.desk_tasks import do_task
from chalicelib.actions.show_number import show_task_number
from chalicelib.domain.case import Case
from chalicelib.domain.work import Task
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.live import live
from chalicelib.web.console.outcome import attempt
from chalicelib.web.console.people import by_id
from chalicelib.web.console.todo import tasks_of
from chalicelib.web.console.words import SAY
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import day as read_day
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
DO = may("do_task")
TICKED, OPENED = N_("Done. It stays on the list below for today."), N_("The task is open again.")


@page(blueprint, "/console/calls", access=DO)
def calls(visit: Visit) -> Response:
    """What is open, oldest first, and below it what was done today."""
    desk = Desk.of(visit)
    tasks = [task for task in tasks_of(desk) if task.kind != "signs"]
    people = by_id(desk, (task.traveller_id for task in tasks)) if desk.visit.may("read_cases") else {}
    shown = desk.render(
        "calls", waiting=[task for task in tasks if not task.done_at], done=[task for task in tasks if task.done_at],
        people=people, said={task.task_id: _said(desk, task, people) for task in tasks},
    )  # fmt: skip
    return live(visit, shown)


def _said(desk: Desk, task: Task, people: Mapping[str, Case]) -> str:
    """What to say on the phone; a text that did not arrive is read out as it was."""
    case = people.get(task.traveller_id or "")
    if task.kind != "call" or case is None or task.event not in SAY:
        return task.personal.about
    end = desk.day(case.quarantine.end_date) if case.quarantine else "–"
    return desk.visit.say(SAY[task.event], name=desk.names(case)[0], district=desk.district(task.district), date=end)


@page(blueprint, "/console/calls/{owner}/{on}/{task_id}", access=DO, methods=("POST",))
def tick(visit: Visit, owner: str, on: str, task_id: str) -> Response:
    """``done=yes`` ticks the task off, anything else takes it up again."""
    return attempt(visit, "/console/calls", lambda: _ticked(Desk.of(visit), owner, on, task_id))


@page(blueprint, "/console/calls/{owner}/{on}/{task_id}/number", access=may("show_number"), methods=("POST",))
def number(visit: Visit, owner: str, on: str, task_id: str) -> Response:
    """The number in full, on a page that stays while somebody calls."""
    return attempt(visit, "/console/calls", lambda: _number(Desk.of(visit), owner, on, task_id))


def _number(desk: Desk, owner: str, on: str, task_id: str) -> Response:
    day = read_day("date", on) or desk.today
    task = show_task_number(desk.ports, desk.officer, desk.point.point, owner, day, task_id)
    people = by_id(desk, [task.traveller_id]) if desk.visit.may("read_cases") else {}
    desk.visit.path = "/console/calls"
    return desk.render(
        "number", title=task.personal.name or desk.word("task", task.kind), number=task.personal.phone,
        said=_said(desk, task, people), drill=task.drill, back="/console/calls",
    )  # fmt: skip


def _ticked(desk: Desk, owner: str, on: str, task_id: str) -> Response:
    done = desk.visit.form.text("done") == "yes"
    do_task(desk.ports, desk.officer, desk.point.point, owner, read_day("date", on) or desk.today, task_id, done)
    back = "/console/onsite" if desk.visit.form.text("back") == "/console/onsite" else "/console/calls"
    return desk.visit.redirect(back, desk.visit.say(TICKED if done else OPENED))
