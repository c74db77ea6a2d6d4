"""Vehicles: the day's list, and a new one for those who were chosen in a zone."""

from collections.abc import Callable, Mapping

from chalice import Blueprint, Response

from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.domain.dispatch import ROSTER_LIMIT, Dispatch, Escort, Vehicle
from chalicelib.domain.errors import Conflict, FieldError, Invalid, Stale
from chalicelib.domain.identifiers import derived_id
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.home import open_vehicles
from chalicelib.web.console.live import live
from chalicelib.web.console.outcome import faults, reason_of
from chalicelib.web.console.waiting import show_zone
from chalicelib.web.console.words import VEHICLES
from chalicelib.web.cursor import opened, sealed
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import code, number, one_line, phone
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PAGE = 50
OPENED = N_("The vehicle is open for boarding.")
CHANGED = N_("Somebody else changed one of these travellers: look again who waits")
NOBODY = N_("Choose who goes: tick at least one traveller")


@page(blueprint, "/console/dispatches", access=may("read_dispatches"))
def dispatches(visit: Visit) -> Response:
    """A day's vehicles; without a day today's, and last night's that are still open."""
    desk, asked = Desk.of(visit), visit.query.get("date", "")
    day, start = desk.asked_day(), opened(visit.query.get("cursor", ""))
    found = list_dispatches(desk.ports, desk.officer, desk.point, day, "", PAGE, start)
    late = () if asked or start else tuple(one for one in open_vehicles(desk) if one.date != day)
    following = sealed(found.cursor)
    return live(visit, desk.render(
        "dispatches", day=day, rows=(*late, *reversed(found.items)),
        next=f"/console/dispatches?date={day}&cursor={following}" if following else "",
    ))  # fmt: skip


@page(blueprint, "/console/dispatches", access=may("dispatch"), methods=("POST",))
def open_one(visit: Visit) -> Response:
    """Open a vehicle; the hidden key makes a second press the same vehicle."""
    desk = Desk.of(visit)
    try:
        dispatch = _standing(desk) or open_dispatch(desk.ports, desk.officer, _new(desk))
    except Invalid as invalid:
        return _again(desk, dict(faults(visit, invalid)))
    except (Stale, Conflict) as refused:
        # Two presses at the same moment: the faster one opened it.
        standing = _standing(desk)
        if standing is None:
            return _again(desk, {"traveller_ids": _why(visit, refused)}, 412 if isinstance(refused, Stale) else 409)
        dispatch = standing
    return visit.redirect(f"/console/dispatches/{dispatch.dispatch_id}", visit.say(OPENED))


def _why(visit: Visit, refused: Stale | Conflict) -> str:
    return visit.say(CHANGED) if isinstance(refused, Stale) else reason_of(visit, refused)


def _standing(desk: Desk) -> Dispatch | None:
    """The vehicle that this form opened before, if it did."""
    key = desk.visit.form.text("key")
    dispatch_id = derived_id("dispatch", desk.officer.officer_id, key, length=16)
    return desk.ports.store.find(Dispatch, dispatch_id) if key else None


def _again(desk: Desk, problems: dict[str, str], status: int = 422) -> Response:
    if "traveller_ids" in problems and status == 422:
        problems["traveller_ids"] = desk.visit.say(NOBODY)
    return show_zone(desk, desk.visit.form.text("zone"), status, problems)


def _new(desk: Desk) -> NewDispatch:
    """What was typed; raises Invalid with every fault at once."""
    form, errors = desk.visit.form, list[FieldError]()
    values = _values(desk, errors)
    seats = _seats(form.text("capacity"), errors)
    if form.text("kind") not in VEHICLES:
        errors.append(FieldError("kind", "not_a_choice"))
    if form.text("district") not in desk.ports.places.districts():
        errors.append(FieldError("district", "unknown"))
    if not form.all("traveller"):
        errors.append(FieldError("traveller_ids", "required"))
    if errors:
        raise Invalid(tuple(errors))
    return NewDispatch(
        district=form.text("district"), vehicle=Vehicle(values["plate"], form.text("kind"), seats),
        escort=Escort(values["escort"], values["phone"]), traveller_ids=form.all("traveller")[: ROSTER_LIMIT + 1],
        key=form.text("key"),
    )  # fmt: skip


def _seats(typed: str, errors: list[FieldError]) -> int:
    try:
        return number("capacity", typed, 1, 100)
    except Invalid:
        errors.append(FieldError("capacity", "not_a_number"))
        return 0


def _values(desk: Desk, errors: list[FieldError]) -> Mapping[str, str]:
    """Plate, escort and phone by the form's own rules; faults go to ``errors``."""
    form, values = desk.visit.form, dict[str, str]()
    readers: dict[str, Callable[[str], str]] = {
        "plate": lambda typed: code("plate", typed, 20).replace("·", ""),
        "escort": lambda typed: one_line("escort", typed, 80),
        "phone": lambda typed: phone("phone", typed, desk.point),
    }
    for name, read in readers.items():
        try:
            values[name] = read(form.text(name)) if form.text(name) else ""
        except Invalid as invalid:
            errors += invalid.errors
            continue
        if not values[name]:
            errors.append(FieldError(name, "required"))
    return values
