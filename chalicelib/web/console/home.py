"""The console's start page: one box, and what is open now."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.web.access_rules import OFFICER
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.people import by_id
from chalicelib.web.console.tallies import tally
from chalicelib.web.console.todo import open_tasks
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
MOST = 100


@page(blueprint, "/console", access=OFFICER)
def home(visit: Visit) -> Response:
    """What the officer's desks may see of today, and their sections."""
    here = Desk.of(visit)
    return here.render("home", **_travellers(here), **_vehicles(here), **_tasks(here))


def _travellers(desk: Desk) -> dict[str, Any]:
    return {"counts": tally(desk, desk.today) if desk.visit.may("read_cases") else None}


def _vehicles(desk: Desk) -> dict[str, Any]:
    if not desk.visit.may("read_dispatches"):
        return {"vehicles": None, "missing": (), "people": {}}
    vehicles = open_vehicles(desk)
    alarms = tuple(vehicle for vehicle in vehicles if vehicle.discrepancy)
    people = by_id(desk, (case_id for vehicle in alarms for case_id in vehicle.missing))
    return {"vehicles": vehicles, "missing": alarms, "people": people}


def open_vehicles(desk: Desk) -> tuple[Dispatch, ...]:
    """Today's and last night's vehicles that are not handed over, or where somebody is missing."""
    found = [
        vehicle
        for day in desk.nights
        for vehicle in list_dispatches(desk.ports, desk.officer, desk.point, day, "", MOST, None).items
    ]
    return tuple(one for one in found if one.state != DispatchState.ACKNOWLEDGED or one.discrepancy)


def _tasks(desk: Desk) -> dict[str, Any]:
    tasks = open_tasks(desk) if desk.visit.may("read_tasks") else ()
    return {
        "calls": [task for task in tasks if task.kind != "signs"],
        "signs": [task for task in tasks if task.kind == "signs"],
    }
