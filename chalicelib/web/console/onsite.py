"""The on-site desk: whoever declared signs of illness, the newest first, with what to do beside the name."""

from chalice import Blueprint, Response

from chalicelib.domain.case import Case
from chalicelib.web.access_rules import may
from chalicelib.web.console.deeds import Deed, next_deed, other_deeds
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.live import live
from chalicelib.web.console.people import by_id
from chalicelib.web.console.tallies import tally
from chalicelib.web.console.todo import tasks_of
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)


@page(blueprint, "/console/onsite", access=may("verify"))
def onsite(visit: Visit) -> Response:
    """Signs that nobody has dealt with, and below them what was done today."""
    desk = Desk.of(visit)
    tasks = [task for task in tasks_of(desk, ("onsite",)) if task.kind == "signs"][::-1]
    people = by_id(desk, (task.traveller_id for task in tasks))
    seen = [(task, people[task.traveller_id or ""]) for task in tasks if task.traveller_id in people]
    waiting = [pair for pair in seen if pair[0].done_at is None]
    response = desk.render(
        "onsite", waiting=[(task, case, *_deeds(desk, case)) for task, case in waiting],
        done=[pair for pair in seen if pair[0].done_at is not None], counts=tally(desk, desk.today),
    )  # fmt: skip
    return live(visit, response)


def _deeds(desk: Desk, case: Case) -> tuple[Deed | None, Deed | None]:
    """What brings the traveller on, and the referral."""
    refer = next((deed for deed in other_deeds(desk, case) if deed.verb == "refer"), None)
    return next_deed(desk, case), refer
