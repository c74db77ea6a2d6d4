"""Whose phones a drill may text: one number a line."""

from chalice import Blueprint, Response

from chalicelib.actions.keep_drill_numbers import put_drill_numbers, read_drill_numbers
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import phone
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PATH = "/console/drill"
MOST = 200
SAVED = N_("Saved: a drill may text %(count)s numbers.")


@page(blueprint, PATH, access=may("put_point"))
def drill(visit: Visit) -> Response:
    """The numbers, masked; a new list takes the place of the old one."""
    return _show(Desk.of(visit))


@page(blueprint, PATH, access=may("put_point"), methods=("POST",))
def save(visit: Visit) -> Response:
    """The list as it was typed."""
    return attempt(visit, PATH, lambda: _saved(Desk.of(visit)))


def _saved(desk: Desk) -> Response:
    form = desk.visit.form
    typed = [line for line in form.get("numbers", "").splitlines() if line.strip()]
    try:
        if len(typed) > MOST:
            raise Invalid((FieldError("numbers", "too_long"),))
        numbers = tuple(phone("numbers", line, desk.point) for line in typed)
    except Invalid as invalid:
        return _show(desk, 422, faults(desk.visit, invalid)["numbers"], form.get("numbers", ""))
    version = int(form.text("etag")) if form.text("etag").isdigit() else 0
    put_drill_numbers(desk.ports, desk.officer, desk.point.point, numbers, version)
    return desk.visit.redirect(PATH, desk.visit.say(SAVED, count=len(numbers)))


def _show(desk: Desk, status: int = 200, problem: str = "", typed: str = "") -> Response:
    known = read_drill_numbers(desk.ports, desk.officer, desk.point.point)
    return desk.render("drill", status, known=known, problem=problem, typed=typed)
