"""``/recover``: a lost pass comes back to who knows three things about it; a guesser learns nothing, slowly."""

import time

from chalice import Response

from chalicelib.actions.recover_pass import recover_pass
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotFound
from chalicelib.intake import forms
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.posted import nest
from chalicelib.intake.presentation import present
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.members import token_for
from chalicelib.web.traveller.passes import PRIVATE
from chalicelib.web.traveller.sheet import ARRIVAL
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

GUESS_SECONDS = 0.5
"""How long every answer takes, right or wrong."""
ASKED = ("document_number", "date_of_birth")


@page(blueprint, "/recover", access=PUBLIC)
def ask_recover(visit: Visit) -> Response:
    """Three boxes."""
    return _page(visit, problem=False)


@page(blueprint, "/recover", access=PUBLIC, methods=("POST",), csrf=False)
def recover(visit: Visit) -> Response:
    """To the pass, or one and the same sentence for whatever was wrong."""
    until = time.monotonic() + GUESS_SECONDS
    try:
        case = _found(visit)
    except (NotFound, Refused):
        return _page(visit, problem=True)
    finally:
        time.sleep(max(0.0, until - time.monotonic()))
    return visit.redirect(f"/p/{token_for(case.case_id, case.point, case.intake_date)}")


def _found(visit: Visit) -> Case:
    """The case; raises NotFound, or Refused for what cannot be a number or a date."""
    here, form = wiring(), forms.current(ARRIVAL)
    answers, today = nest(form, visit.form.pairs), IntakeContext(wiring().clock().date(), frozenset())
    number, born = (TYPES[form.fields[n].type].read(answers.get(n, ""), form.fields[n], today) for n in ASKED)
    return recover_pass(here.ports, visit.form.text("reference"), number, born)


def _page(visit: Visit, *, problem: bool) -> Response:
    form = forms.current(ARRIVAL)
    typed = nest(form, [pair for pair in visit.form.pairs if pair[0].partition(".")[0] in ASKED])
    sections = present(form, visit.language, typed, {})
    views = {field.name: field for section in sections for field in section.fields}
    return visit.render(
        "traveller/recover.html", 422 if problem else 200, PRIVATE, problem=problem,
        fields=[views[name] for name in ASKED], reference=visit.form.text("reference")[:40],
    )  # fmt: skip
