"""The point of entry itself: the duty phone that is told when a district does not answer."""

from dataclasses import replace

from chalice import Blueprint, Response

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.places import Coordinator
from chalicelib.intake.types.phones import receives_texts
from chalicelib.messaging.texts import language_names
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.keeping import put_once
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import phone, version
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PATH = "/console/point"
PUT = may("put_point")
PHONE, LANGUAGE = "coordinator_phone", "coordinator_language"
SAVED = N_("Saved: this phone is told when a district does not answer.")
NOBODY = N_("Saved: no phone is told when a district does not answer, only the desk.")


@page(blueprint, PATH, access=PUT)
def point(visit: Visit) -> Response:
    """The duty phone, and the language of its texts."""
    desk = Desk.of(visit)
    return _show(desk, desk.point.personal.phone, desk.point.personal.language)


@page(blueprint, PATH, access=PUT, methods=("POST",))
def save(visit: Visit) -> Response:
    """Keep them; an empty number is none."""
    return attempt(visit, PATH, lambda: _saved(Desk.of(visit)))


def _saved(desk: Desk) -> Response:
    form, known = desk.visit.form, desk.point
    language = form.text(LANGUAGE) if form.text(LANGUAGE) in language_names() else known.personal.language
    try:
        number = _number(desk)
    except Invalid as invalid:
        return _show(desk, form.text(PHONE), language, faults(desk.visit, invalid)[PHONE], 422)
    as_read = replace(known, version=version(form.text("version")) or known.version)
    put_once(desk, replace(as_read, personal=Coordinator(number, language)), known.point)
    desk.wiring.places.forget()
    return desk.visit.redirect(PATH, desk.visit.say(SAVED if number else NOBODY))


def _number(desk: Desk) -> str:
    typed = desk.visit.form.text(PHONE)
    number = phone(PHONE, typed, desk.point) if typed else ""
    if number and not receives_texts(number):
        raise Invalid((FieldError(PHONE, "no_texts"),))
    return number


def _show(desk: Desk, number: str, language: str, problem: str = "", status: int = 200) -> Response:
    return desk.render(
        "point", status, number=number, chosen=language, problem=problem, languages=language_names()
    )  # fmt: skip
