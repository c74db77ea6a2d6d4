"""What today's messages cost, the day's ceiling, and the coordinator's word that more may go."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.figure_day import read_figures
from chalicelib.actions.lift_ceiling import MOST, lift_ceiling, read_spending
from chalicelib.actions.move_traveller import REASON_LIMIT
from chalicelib.actions.stop_messages import release_batch, stop_release
from chalicelib.domain.errors import Invalid
from chalicelib.domain.work import BatchStop
from chalicelib.web.access_rules import may
from chalicelib.web.console.chart import GAP, HEIGHT, WIDTH, bars
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import number, one_line
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PATH = "/console/spending"
STOPPED = N_("Stopped: %(gone)s messages had gone out, %(cancelled)s were taken back.")
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


@page(blueprint, f"{PATH}/stop_release", access=may("stop_messages"), methods=("POST",))
def stop(visit: Visit) -> Response:
    """Today's texts about releases go no further."""
    desk = Desk.of(visit)
    return attempt(visit, PATH, lambda: _stopped(desk))


def _stopped(desk: Desk) -> Response:
    reason = one_line("reason", desk.visit.form.text("reason"), REASON_LIMIT)
    row = stop_release(desk.ports, desk.officer, desk.point, reason)
    return desk.visit.redirect(PATH, desk.visit.say(STOPPED, gone=row.gone, cancelled=row.cancelled))


def _show(desk: Desk, status: int = 200, problems: Any = ()) -> Response:
    so_far = read_spending(desk.ports, desk.officer, desk.point)
    ceiling = so_far.ceiling(desk.point.daily_ceiling)
    days = read_figures(desk.ports, desk.officer, desk.point)
    stopped = desk.ports.store.find(BatchStop, release_batch(desk.point.point, desk.today).key)
    return desk.render(
        "spending", status, so_far=so_far, ceiling=ceiling, prices=desk.ports.prices, problems=dict(problems),
        typed=desk.visit.form, stop=stopped, bars=bars(days, desk.today), width=WIDTH, height=HEIGHT, gap=GAP,
        today=next((row for row in days if row.day == desk.today), None),
    )  # fmt: skip
