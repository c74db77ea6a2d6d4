"""Text templates: how each reads in every language, what it costs where, and one to the officer's own phone."""

import logging
from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.actions.send_test import Sample, send_test
from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.messages import EVENTS
from chalicelib.messaging.previews import Preview, preview, sample_values
from chalicelib.messaging.texts import language_for, language_names
from chalicelib.messaging.wordings import names, template
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.destinations import destinations, span
from chalicelib.web.console.outcome import faults, reason_of
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import phone
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
log = logging.getLogger(__name__)
READ, SEND = may("read_templates"), may("send_test")
ONE = "/console/templates/{event}/{audience}/{language}"
AUDIENCES = ("family", "traveller", "district")
SENT = N_("The test is on its way to %(phone)s.")


@page(blueprint, "/console/templates", access=READ)
def templates(visit: Visit) -> Response:
    """Every text in one language: the page's own, or the one that is asked for."""
    desk, known = Desk.of(visit), language_names()
    asked = visit.query.get("language", "")
    language = asked if asked in known else language_for(visit.language)
    values = _values(desk, language)
    shown = [preview(template(event, audience, language), values) for event, audience in names()]
    rows = [(one, span(one.size.segments)) for one in _in_order(shown)]
    return desk.render("templates", rows=rows, known=known, tongue=language)


@page(blueprint, ONE, access=READ)
def one_template(visit: Visit, event: str, audience: str, language: str) -> Response:
    """One text in one language, with its price in every country."""
    return _show(Desk.of(visit), event, audience, language)


@page(blueprint, ONE, access=SEND, methods=("POST",))
def try_template(visit: Visit, event: str, audience: str, language: str) -> Response:
    """Owe it to the number that the officer typed; who sent which is in the log, to whom is not."""
    desk = Desk.of(visit)
    shown = _preview(desk, event, audience, language)
    try:
        number = phone("phone", visit.form.text("phone"), desk.point)
        sample = Sample(event, audience, language, _values(desk, language))
        message = send_test(desk.ports, desk.officer, desk.point, sample, number)
    except Invalid as invalid:
        return _show(desk, event, audience, language, faults(visit, invalid), 422)
    except Conflict as conflict:
        return _show(desk, event, audience, language, {"phone": reason_of(visit, conflict)}, 409)
    log.info("test text owed", extra={
        "message_id": message.message_id, "officer_id": desk.officer.officer_id,
        "template": f"{shown.template.name}/{language}", "segments": message.segments,
    })  # fmt: skip
    return visit.redirect(visit.path, visit.say(SENT, phone=desk.phone(number)))


def _show(
    desk: Desk, event: str, audience: str, language: str, problems: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    shown = _preview(desk, event, audience, language)
    costs = destinations(shown.size.segments, shown.template, desk.visit.language)
    return desk.render(
        "template", status, shown=shown, known=language_names(), tongue=language, problems=problems or {},
        typed=desk.visit.form.text("phone"), prices=costs,
    )  # fmt: skip


def _preview(desk: Desk, event: str, audience: str, language: str) -> Preview:
    if (event, audience) not in names() or language not in language_names():
        raise NotFound("template")
    return preview(template(event, audience, language), _values(desk, language))


def _values(desk: Desk, language: str) -> Mapping[str, str]:
    known = desk.ports.places.districts()
    first = min((one for one in known.values() if one.reception_point), key=lambda one: one.code or "~", default=None)
    return sample_values(language, desk.point, first, desk.today)


def _in_order(shown: list[Preview]) -> list[Preview]:
    """As a journey goes, not as the alphabet does; what answers somebody who wrote to us comes last."""
    return sorted(shown, key=lambda one: (_place(EVENTS, one.template.event), _place(AUDIENCES, one.template.audience)))


def _place(known: tuple[str, ...], one: str) -> tuple[int, str]:
    return (known.index(one) if one in known else len(known), one)
