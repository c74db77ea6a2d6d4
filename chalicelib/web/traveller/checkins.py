"""``/p/{token}/checkin``: the daily check-in from quarantine, asked and judged by the engine of every other form."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalice import Response

from chalicelib.actions.check_in import Told, check_in
from chalicelib.domain.errors import FieldError, Invalid, NotFound, NotInState
from chalicelib.domain.states import State
from chalicelib.intake import forms
from chalicelib.intake.posted import nest
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.checkin_state import clock_time, today_of
from chalicelib.web.traveller.members import Holder, holder_of
from chalicelib.web.traveller.missing import keeping_answers, nothing_here
from chalicelib.web.traveller.passes import NO_PASS, NO_PASS_ADVICE, PRIVATE, speak_to
from chalicelib.web.traveller.questions import edited
from chalicelib.web.traveller.sheet import CHECKIN, Sheet, sheet_at
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

KEPT = N_("Thank you. You are checked in for today, at %(time)s.")
OVER = N_("You are not in quarantine, so there is nothing to check in.")


@page(blueprint, "/p/{token}/checkin", access=PUBLIC)
def ask_checkin(visit: Visit, token: str) -> Response:
    """The form, with what was told earlier today in it."""
    return _with_holder(visit, token, lambda holder, sheet: _page(visit, holder, sheet, _earlier(holder)))


@page(blueprint, "/p/{token}/checkin", access=PUBLIC, methods=("POST",), csrf=False)
@keeping_answers
def take_checkin(visit: Visit, token: str) -> Response:
    """Kept, and back to the pass; or the form again with what to mend."""
    return _with_holder(visit, token, lambda holder, sheet: _taken(visit, holder, sheet))


@page(blueprint, "/p/{token}/checkin/edit", access=PUBLIC, methods=("POST",), csrf=False)
@keeping_answers
def edit_checkin(visit: Visit, token: str) -> Response:
    """The form with what was typed, in another language."""

    def again(holder: Holder, sheet: Sheet) -> Response:
        answers, slots = edited(visit, sheet)
        return _page(visit, holder, sheet, answers, slots=slots)

    return _with_holder(visit, token, again)


@page(blueprint, "/p/{token}/checkin/edit", access=PUBLIC)
def edit_checkin_again(visit: Visit, token: str) -> Response:
    """An address without answers: to the form."""
    return visit.redirect(f"/p/{token}/checkin")


def _with_holder(visit: Visit, token: str, answer: Callable[[Holder, Sheet], Response]) -> Response:
    """``answer`` for a holder in quarantine; anybody else's pass says where they stand."""
    try:
        holder = holder_of(token)
    except NotFound:
        return nothing_here(visit, NO_PASS, NO_PASS_ADVICE)
    case, back = holder.case, f"/p/{holder.token}"
    speak_to(visit, case)
    if case.state != State.IN_QUARANTINE:
        return visit.redirect(back, visit.say(OVER), "warning")
    try:
        return answer(holder, sheet_at(case.point, visit.language, forms.current(CHECKIN), f"{back}/checkin"))
    except NotInState:
        return visit.redirect(back, visit.say(OVER), "warning")


def _taken(visit: Visit, holder: Holder, sheet: Sheet) -> Response:
    try:
        answers = sheet.read(visit.form.pairs)
    except Invalid as invalid:
        return _page(visit, holder, sheet, nest(sheet.form, visit.form.pairs), invalid.errors)
    told = Told(sheet.form.id, sheet.form.version, sheet.language, answers)
    kept = check_in(wiring().ports, holder.case.case_id, told)
    return visit.redirect(f"/p/{holder.token}", visit.say(KEPT, time=clock_time(kept.at, holder.point)))


def _earlier(holder: Holder) -> Mapping[str, Any]:
    checkin = today_of(holder.case, holder.point)
    return checkin.personal.answers if checkin else {}


def _page(
    visit: Visit, holder: Holder, sheet: Sheet, answers: Mapping[str, Any], errors: Iterable[FieldError] = (),
    slots: Mapping[str, int] | None = None,
) -> Response:  # fmt: skip
    found = tuple(errors)
    return visit.render(
        "traveller/checkin.html", 422 if found else 200, PRIVATE, sheet=sheet, holder=holder,
        problems=sheet.problems(found), sections=sheet.sections(answers, found, slots or {}),
        posted=visit.method == "POST", amends=holder.case.checked_in == sheet.context.today,
    )  # fmt: skip
