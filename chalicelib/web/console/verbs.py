"""Verbs of one traveller, posted: done once however often the button is pressed, refused when somebody was faster."""

from collections.abc import Callable
from contextlib import suppress

from chalice import Blueprint, Response

from chalicelib.actions.casework import seen_case
from chalicelib.actions.desk_tasks import do_task
from chalicelib.actions.move_traveller import PLAIN_VERBS, move_traveller
from chalicelib.actions.quarantine import Placement, change_quarantine, hold_case, start_quarantine, unhold_case
from chalicelib.actions.release import release_early
from chalicelib.actions.show_number import show_traveller_numbers
from chalicelib.domain.case import Case
from chalicelib.domain.errors import Conflict, FieldError, Invalid, NotFound, Stale, WaystationError
from chalicelib.domain.states import TRANSITIONS
from chalicelib.web.access_rules import OFFICER
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.console.traveller import show
from chalicelib.web.labels import N_, STATES
from chalicelib.web.page import page
from chalicelib.web.typed import day, number, one_line
from chalicelib.web.visit import Visit, safe_path

blueprint = Blueprint(__name__)
DONE = N_("%(reference)s: %(state)s.")
BEFORE = N_("%(reference)s: this was done already.")
HELD, UNHELD = (
    N_("%(reference)s is on hold: nobody releases by the calendar."),
    N_("%(reference)s: the hold is lifted."),
)
CHANGED = N_("%(reference)s: quarantine now ends on %(date)s. Family and traveller are told.")


@page(blueprint, "/console/travellers/{case_id}/{verb}", access=OFFICER, methods=("POST",))
def do_verb(visit: Visit, case_id: str, verb: str) -> Response:
    """Do it, say so, and go back to where the officer came from."""
    if verb == "numbers":
        return _numbers(Desk.of(visit), case_id)
    if verb not in (*PLAIN_VERBS, *_OTHERS):
        raise NotFound("verb")
    desk, home = Desk.of(visit), f"/console/travellers/{case_id}"
    return attempt(visit, home, lambda: _done(desk, case_id, verb, safe_path(visit.form.text("back"), home)))


def _numbers(desk: Desk, case_id: str) -> Response:
    """The page with its numbers in full, once the look is in the audit."""
    show_traveller_numbers(desk.ports, desk.officer, case_id)
    return show(desk, case_id, revealed=True)


def _done(desk: Desk, case_id: str, verb: str, back: str) -> Response:
    try:
        case = _act(desk, case_id, verb)
    except (Stale, Conflict):
        case, _ = seen_case(desk.ports, desk.officer, case_id)
        if not _already(desk, case, verb):
            raise
        return desk.visit.redirect(back, desk.visit.say(BEFORE, reference=case.reference))
    except Invalid as invalid:
        return show(desk, case_id, 422, faults(desk.visit, invalid), verb)
    _tick(desk)
    return desk.visit.redirect(back, _said(desk, case, verb))


def _act(desk: Desk, case_id: str, verb: str) -> Case:
    form = desk.visit.form
    why, etag = one_line("reason", form.text("reason") or form.text("why"), 500), form.text("etag") or None
    if verb in PLAIN_VERBS:
        return move_traveller(desk.ports, desk.officer, case_id, verb, why, etag)
    return _OTHERS[verb](desk, case_id, why, etag)


def _already(desk: Desk, case: Case, verb: str) -> bool:
    """Whether a second press finds done what it asks for."""
    if verb in ("hold", "unhold"):
        return case.held == (verb == "hold")
    if verb == "change":
        return case.quarantine is not None and str(case.quarantine.end_date) == desk.visit.form.text("end_date")
    reached = {state for moves in TRANSITIONS[verb].values() for state in moves}
    return verb != "return" and case.state in reached


def _said(desk: Desk, case: Case, verb: str) -> str:
    say, reference = desk.visit.say, case.reference
    if verb in ("hold", "unhold"):
        return say(HELD if case.held else UNHELD, reference=reference)
    if verb == "change" and case.quarantine:
        return say(CHANGED, reference=reference, date=desk.day(case.quarantine.end_date))
    return say(DONE, reference=reference, state=say(STATES[case.state]))


def _tick(desk: Desk) -> None:
    """The task on the desk's list that led here, when one did."""
    owner, task = desk.visit.form.text("task_desk"), desk.visit.form.text("task_id")
    with suppress(WaystationError):  # The verb is done; somebody else may have ticked the task.
        on = day("task_day", desk.visit.form.text("task_day"))
        if owner and task and on:
            do_task(desk.ports, desk.officer, desk.point.point, owner, on, task)


def _quarantine(desk: Desk, case_id: str, why: str, etag: str | None) -> Case:
    form = desk.visit.form
    kind = form.text("kind")
    typed = form.text("address") if kind == "home" else form.text("hotel") or form.text("place")
    placement = Placement(
        kind=kind, place=one_line("place", typed), room=one_line("room", form.text("room")),
        start_date=day("start_date", form.text("start_date")), days=_days(form.text("days")),
    )  # fmt: skip
    return start_quarantine(desk.ports, desk.officer, case_id, placement, etag)


def _days(typed: str) -> int | None:
    return number("days", typed, 0, 999) if typed else None


def _change(desk: Desk, case_id: str, why: str, etag: str | None) -> Case:
    end = day("end_date", desk.visit.form.text("end_date"))
    if end is None:
        raise Invalid((FieldError("end_date", "required"),))
    return change_quarantine(desk.ports, desk.officer, case_id, end, why, etag)


_OTHERS: dict[str, Callable[[Desk, str, str, str | None], Case]] = {
    "quarantine": _quarantine,
    "change": _change,
    "hold": lambda desk, case_id, why, etag: hold_case(desk.ports, desk.officer, case_id, why, etag),
    "unhold": lambda desk, case_id, why, etag: unhold_case(desk.ports, desk.officer, case_id, why, etag),
    "release": lambda desk, case_id, why, etag: release_early(desk.ports, desk.officer, case_id, why, etag),
}
