"""What is done with a vehicle: board, take off, depart, change its plan, arrive, acknowledge; pressed twice, it is done
once."""

from collections.abc import Callable

from chalice import Blueprint, Response

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.dispatchwork import check_sees_dispatch
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.move_traveller import REASON_LIMIT
from chalicelib.actions.show_number import show_escort_number
from chalicelib.actions.stop_messages import stop_vehicle
from chalicelib.actions.take_off_traveller import take_off_traveller
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.errors import Conflict, NotFound, NotInState, Stale
from chalicelib.domain.identifiers import case_id_of
from chalicelib.web.access_rules import OFFICER
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt
from chalicelib.web.console.shapes import pass_token
from chalicelib.web.console.words import CONFLICTS
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import code, one_line
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
TRIES = 4
BOARDED = N_("%(count)s of %(all)s aboard.")
TAKEN_OFF = N_("Taken off the list, and waiting in the zone again.")
NOBODY_TICKED = N_("Tick everybody who is here, or tick that nobody arrived.")
DEPARTED = N_("Departed with %(count)s aboard. Families and district are being told.")
COUNTED = N_("All %(count)s are here.")
SOME_MISSING = N_("%(count)s counted, %(missing)s missing. The coordination desk is alarmed.")
ACKNOWLEDGED = N_("The hand-over is acknowledged.")
STOPPED = N_("Stopped: %(gone)s messages had gone out, %(cancelled)s were taken back.")
REPLANNED = N_("The plan is changed. Whoever was told before is told of it.")
UNREADABLE = N_("This is no pass and no reference of ours. Scan again, or find the name in the list.")


@page(blueprint, "/console/dispatches/{dispatch_id}/{verb}", access=OFFICER, methods=("POST",))
def drive(visit: Visit, dispatch_id: str, verb: str) -> Response:
    """Board, take off, depart, change, arrive, acknowledge; each answers with the vehicle's page."""
    if verb not in _VERBS:
        raise NotFound("verb")
    desk, home = Desk.of(visit), f"/console/dispatches/{dispatch_id}"
    return attempt(visit, home, lambda: _VERBS[verb](desk, dispatch_id, home))


def _board(desk: Desk, dispatch_id: str, home: str) -> Response:
    """Boarding takes nobody's seat away: when two gates scan at once, both count."""
    case_id = desk.visit.form.text("traveller") or _scanned(desk, desk.visit.form.text("scan"))
    if not case_id:
        return desk.visit.redirect(home, desk.visit.say(UNREADABLE), "problem")
    for left in reversed(range(TRIES)):
        try:
            after = board_traveller(desk.ports, desk.officer, dispatch_id, case_id)
            break
        except Stale:
            if not left:
                raise
        except Conflict as refused:
            if refused.code != "not_on_roster":
                raise
            # The next passenger is at the door already: say it beside the box that they are scanned into.
            return desk.visit.redirect(home, desk.visit.say(CONFLICTS[refused.code]), "problem")
    return desk.visit.redirect(home, desk.visit.say(BOARDED, count=len(after.boarded), all=len(after.roster)))


def _take_off(desk: Desk, dispatch_id: str, home: str) -> Response:
    case_id, etag = desk.visit.form.text("traveller"), desk.visit.form.text("etag") or None
    take_off_traveller(desk.ports, desk.officer, dispatch_id, case_id, etag)
    return desk.visit.redirect(home, desk.visit.say(TAKEN_OFF))


def _scanned(desk: Desk, typed: str) -> str:
    """The case of a scanned pass or a typed reference, or nothing."""
    if token := pass_token(typed):
        try:
            return desk.wiring.passes.read(token).case_id
        except NotFound:
            return ""
    return case_id_of(typed) or ""


def _depart(desk: Desk, dispatch_id: str, home: str) -> Response:
    after = _once(desk, dispatch_id, DispatchState.DEPARTED, lambda etag: depart_dispatch(
        desk.ports, desk.officer, dispatch_id, etag))  # fmt: skip
    return desk.visit.redirect(home, desk.visit.say(DEPARTED, count=len(after.boarded)))


def _change(desk: Desk, dispatch_id: str, home: str) -> Response:
    form = desk.visit.form
    plate = code("plate", form.text("plate"), 20) if form.text("plate") else ""
    reason = one_line("reason", form.text("reason"), REASON_LIMIT)
    change = PlanChange(form.text("change"), reason, plate, form.text("district"), form.text("traveller"))
    change_plan(desk.ports, desk.officer, dispatch_id, change, form.text("etag") or None)
    return desk.visit.redirect(home, desk.visit.say(REPLANNED))


def _number(desk: Desk, dispatch_id: str, home: str) -> Response:
    known = show_escort_number(desk.ports, desk.officer, dispatch_id)
    desk.visit.path = home
    return desk.render(
        "number", title=known.personal.name, number=known.personal.phone, said="", drill=known.drill, back=home
    )  # fmt: skip


def _stop(desk: Desk, dispatch_id: str, home: str) -> Response:
    reason = one_line("reason", desk.visit.form.text("reason"), REASON_LIMIT)
    row = stop_vehicle(desk.ports, desk.officer, dispatch_id, reason, desk.visit.form.text("etag") or None)
    return desk.visit.redirect(home, desk.visit.say(STOPPED, gone=row.gone, cancelled=row.cancelled))


def _arrive(desk: Desk, dispatch_id: str, home: str) -> Response:
    if not desk.visit.form.all("present") and not desk.visit.form.text("nobody"):
        return desk.visit.redirect(home, desk.visit.say(NOBODY_TICKED), "problem")
    after = _counted(desk, dispatch_id, desk.visit.form.all("present"))
    if after.discrepancy:
        said = desk.visit.say(SOME_MISSING, count=len(after.present), missing=len(after.missing))
        return desk.visit.redirect(home, said, "problem")
    return desk.visit.redirect(home, desk.visit.say(COUNTED, count=len(after.present)))


def _counted(desk: Desk, dispatch_id: str, present: tuple[str, ...]) -> Dispatch:
    try:
        return arrive_dispatch(desk.ports, desk.officer, dispatch_id, present, desk.visit.form.text("etag") or None)
    except Stale:
        known = desk.ports.store.get(Dispatch, dispatch_id)
        check_sees_dispatch(desk.officer, known)
        if known.state != DispatchState.ARRIVED or set(known.present) != set(present):
            raise
        return known


def _acknowledge(desk: Desk, dispatch_id: str, home: str) -> Response:
    _once(desk, dispatch_id, DispatchState.ACKNOWLEDGED, lambda etag: acknowledge_handover(
        desk.ports, desk.officer, dispatch_id, etag))  # fmt: skip
    return desk.visit.redirect(home, desk.visit.say(ACKNOWLEDGED))


def _once(desk: Desk, dispatch_id: str, reached: DispatchState, act: Callable[[str | None], Dispatch]) -> Dispatch:
    """The dispatch after ``act``, or as it is when a press before this one did it already."""
    try:
        return act(desk.visit.form.text("etag") or None)
    except (Stale, NotInState):
        known = desk.ports.store.get(Dispatch, dispatch_id)
        check_sees_dispatch(desk.officer, known)
        if known.state != reached:
            raise
        return known


_VERBS: dict[str, Callable[[Desk, str, str], Response]] = {
    "board": _board, "take_off": _take_off, "depart": _depart, "change": _change, "arrive": _arrive,
    "acknowledge": _acknowledge, "stop_messages": _stop, "number": _number,
}  # fmt: skip
