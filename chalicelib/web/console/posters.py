"""Posters of the point: made with a code of their own, printed, withdrawn."""

from chalice import Blueprint, Response

from chalicelib.actions.keep_posters import LISTED, list_posters, make_poster, withdraw_poster
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.posters import is_gate
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import code, flight
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PATH = "/console/posters"
PUT = may("put_point")
MADE = N_("The poster %(code)s is made: print it.")
WITHDRAWN = N_("The poster %(code)s is withdrawn. Whoever scans it is told so, and led to the form.")
NO_GATE = N_("Write a gate as on its sign: letters and digits, such as 12 or B7.")
NO_POSTER = N_("No poster of this point has this code.")


@page(blueprint, PATH, access=PUT)
def posters(visit: Visit) -> Response:
    """The newest posters, and the form for one more."""
    return _show(Desk.of(visit))


@page(blueprint, PATH, access=PUT, methods=("POST",))
def make(visit: Visit) -> Response:
    """A poster for the point, a gate or a flight."""
    return attempt(visit, PATH, lambda: _made(Desk.of(visit)))


@page(blueprint, f"{PATH}/withdraw", access=PUT, methods=("POST",))
def withdraw(visit: Visit) -> Response:
    """The poster with this code is out of use from now on."""
    return attempt(visit, PATH, lambda: _withdrawn(Desk.of(visit)))


def _made(desk: Desk) -> Response:
    form = desk.visit.form
    try:
        gate = code("gate", form.text("gate")) if form.text("gate") else ""
        if gate and not is_gate(gate):
            raise Invalid((FieldError("gate", "no_gate"),))
        number = flight("flight", form.text("flight")) if form.text("flight") else ""
    except Invalid as invalid:
        wrong = dict(faults(desk.visit, invalid))
        return _show(desk, 422, {**wrong, "gate": desk.visit.say(NO_GATE)} if "gate" in wrong else wrong)
    made = make_poster(desk.ports, desk.officer, desk.point.point, gate, number)
    return desk.visit.redirect(PATH, desk.visit.say(MADE, code=made.code))


def _withdrawn(desk: Desk) -> Response:
    try:
        done = withdraw_poster(desk.ports, desk.officer, desk.point.point, desk.visit.form.text("code"))
    except NotFound:
        return _show(desk, 422, {"code": desk.visit.say(NO_POSTER)})
    return desk.visit.redirect(PATH, desk.visit.say(WITHDRAWN, code=done.code))


def _show(desk: Desk, status: int = 200, problems: dict[str, str] | None = None) -> Response:
    found = list_posters(desk.ports, desk.officer, desk.point.point)
    return desk.render("posters", status, posters=found, most=LISTED, problems=problems or {})
