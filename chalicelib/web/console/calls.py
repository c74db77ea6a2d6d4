"""Calls to make: whom, about what, and a tick when it is done."""

from chalice import Blueprint, Response

from chalicelib.actions.desk_tasks import do_task
from chalicelib.domain.work import Task
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.live import live
from chalicelib.web.console.outcome import attempt
from chalicelib.web.console.people import by_id
from chalicelib.web.console.todo import tasks_of
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
    shown = desk.render(
        "calls", waiting=[task for task in tasks if not task.done_at], people=_people(desk, tasks),
        done=[task for task in tasks if task.done_at],
    )  # fmt: skip
    return live(visit, shown)


def _people(desk: Desk, tasks: list[Task]) -> object:
    return by_id(desk, (task.traveller_id for task in tasks)) if desk.visit.may("read_cases") else {}


@page(blueprint, "/console/calls/{owner}/{on}/{task_id}", access=DO, methods=("POST",))
def tick(visit: Visit, owner: str, on: str, task_id: str) -> Response:
    """``done=yes`` ticks the task off, anything else takes it up again."""
    return attempt(visit, "/console/calls", lambda: _ticked(Desk.of(visit), owner, on, task_id))


def _ticked(desk: Desk, owner: str, on: str, task_id: str) -> Response:
    done = desk.visit.form.text("done") == "yes"
    do_task(desk.ports, desk.officer, desk.point.point, owner, read_day("date", on) or desk.today, task_id, done)
    back = "/console/onsite" if desk.visit.form.text("back") == "/console/onsite" else "/console/calls"
    return desk.visit.redirect(back, desk.visit.say(TICKED if done else OPENED))
