"""What today's messages cost, the day's ceiling, and the coordinator's word that more may go."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.lift_ceiling import MOST, lift_ceiling, read_spending
from chalicelib.actions.move_traveller import REASON_LIMIT
from chalicelib.domain.errors import Invalid
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import faults
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import number, one_line
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PATH = "/console/spending"
LIFTED = N_("The ceiling is lifted. What waits goes within ten minutes.")


@page(blueprint, PATH, access=may("read_spending"))
def spending(visit: Visit) -> Response:
    """Today at the officer's point."""
    return _show(Desk.of(visit))


@page(blueprint, PATH, access=may("lift_ceiling"), methods=("POST",))
def lift(visit: Visit) -> Response:
    """More may go today, with a reason that is kept."""
    desk, form = Desk.of(visit), visit.form
    try:
        more = number("segments", form.text("segments"), 1, MOST)
        reason = one_line("reason", form.text("reason"), REASON_LIMIT)
        lift_ceiling(desk.ports, desk.officer, desk.point, more, reason)
    except Invalid as invalid:
        return _show(desk, 422, faults(visit, invalid))
    return visit.redirect(PATH, visit.say(LIFTED))


def _show(desk: Desk, status: int = 200, problems: Any = ()) -> Response:
    so_far = read_spending(desk.ports, desk.officer, desk.point)
    ceiling = so_far.ceiling(desk.point.daily_ceiling)
    return desk.render(
        "spending", status, so_far=so_far, ceiling=ceiling, prices=desk.ports.prices, problems=dict(problems),
        typed=desk.visit.form,
    )  # fmt: skip
