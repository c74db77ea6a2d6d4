"""``/forms/{form}/print``: a form on paper, generated from its definition, with boxes to write in."""

from dataclasses import replace
from typing import Any

from chalice import Response

from chalicelib.domain.errors import NotFound
from chalicelib.intake import forms
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.codes import poster_code
from chalicelib.web.traveller.missing import nothing_here
from chalicelib.web.traveller.questions import flight_of
from chalicelib.web.traveller.sheet import ARRIVAL, Sheet, sheet_at
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

CACHE = "public, max-age=300"


@page(blueprint, "/forms/{form}/print", access=PUBLIC, cache=CACHE)
def show_blank(visit: Visit, form: str) -> Response:
    """The blank sheet of a form, at ``?point=`` (the first there is without one) and perhaps for a ``?flight=``."""
    try:
        sheet = _sheet(visit, form)
    except NotFound:
        return nothing_here(visit, N_("There is no such form"), N_("Check the name of the form, such as arrival."))
    flight = flight_of(visit, sheet) if sheet.form.id == ARRIVAL else ""
    return visit.render("traveller/blank.html", sheet=sheet, **blank(visit, sheet, flight))


def blank(visit: Visit, sheet: Sheet, flight: str = "") -> dict[str, Any]:
    """What the sheet of paper shows: one empty item of each group, and where the form is on a phone."""
    slots = dict.fromkeys(sheet.form.groups, 1)
    known = {"flight_number": flight} if flight else {}
    link = f"{visit.public_base.rstrip('/')}/d/{sheet.point.point}"
    online = sheet.form.use == "declaration"
    return {
        "sections": sheet.sections(known, (), slots), "code": poster_code(link) if online else "",
        "link": link.partition("://")[2] if online else "", "flight": flight,
    }  # fmt: skip


def _sheet(visit: Visit, form: str) -> Sheet:
    points = wiring().places.points()
    asked = visit.query.get("point") or min(points, default="")
    sheet = sheet_at(asked, visit.language, forms.current(form))
    return replace(sheet, base=f"/forms/{sheet.form.id}")
