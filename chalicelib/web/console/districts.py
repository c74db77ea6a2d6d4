"""Districts: reception point, zone, and the people on duty who answer the phone."""

from dataclasses import replace
from typing import Any

from chalice import Blueprint, Response

from chalicelib.domain.desks import confined_to
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.places import MOST_CONTACTS, Contact, Contacts, District, Duty
from chalicelib.intake.types.phones import receives_texts
from chalicelib.messaging.texts import language_names
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.keeping import put_once
from chalicelib.web.console.outcome import attempt, faults
from chalicelib.web.console.words import REACH
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import one_line, phone, version
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
READ, PUT = may("read_districts"), may("put_district")
SAVED = N_("%(district)s is saved.")
BLANK = {"name": "", "phone": "", "language": "zh-Hans", "reach": "text", "from": "00:00", "to": "00:00", "deputy": ""}
FALLBACK = ("phone", "language", "reach")
SPARE = 2


@page(blueprint, "/console/districts", access=READ)
def districts(visit: Visit) -> Response:
    """All districts, with who is on duty now."""
    desk = Desk.of(visit)
    own = confined_to(desk.officer)
    shown = [one for one in desk.districts() if own in (None, one.district)]
    rows = [(one, one.on_duty(desk.now, desk.point.time_zone)) for one in shown]
    return desk.render("districts", rows=rows)


@page(blueprint, "/console/districts/{district}", access=READ)
def district(visit: Visit, district: str) -> Response:
    """One district, and its contacts to edit."""
    desk = Desk.of(visit)
    known = _own(desk, district)
    return _show(desk, known, [_typed_contact(contact) for contact in known.personal.contacts])


def _own(desk: Desk, district: str) -> District:
    if confined_to(desk.officer) not in (None, district):
        raise NotFound("district")
    return desk.ports.store.get(District, district)


def _typed_contact(contact: Contact) -> dict[str, str]:
    hours = contact.duty[0] if contact.duty else Duty()
    return {
        "name": contact.name, "phone": contact.phone, "language": contact.language, "reach": contact.reach,
        "from": hours.start, "to": hours.until, "deputy": "yes" if contact.deputy else "",
    }  # fmt: skip


def _show(desk: Desk, known: District, typed: list[dict[str, str]], problems: Any = (), status: int = 200) -> Response:
    slots = typed + [BLANK] * (min(len(typed) + SPARE, MOST_CONTACTS) - len(typed))
    return desk.render(
        "district", status, district=known, contacts=slots, fallback=_typed_fallback(desk, known),
        problems=dict(problems), reaches=REACH, languages=language_names(),
        on_duty=known.on_duty(desk.now, desk.point.time_zone),
    )  # fmt: skip


def _typed_fallback(desk: Desk, known: District) -> dict[str, str]:
    """As the form had it, else as it is kept."""
    standing = _typed_contact(known.personal.fallback) if known.personal.fallback else BLANK
    form = desk.visit.form
    return {name: form.text(f"fallback.{name}") if form else standing[name] for name in FALLBACK}


@page(blueprint, "/console/districts/{district}", access=PUT, methods=("POST",))
def save_district(visit: Visit, district: str) -> Response:
    """The contacts as the form has them; a row without name and phone is left out."""
    return attempt(visit, f"/console/districts/{district}", lambda: _saved(Desk.of(visit), district))


def _saved(desk: Desk, district: str) -> Response:
    known, typed = _own(desk, district), _rows(desk.visit)
    form = desk.visit.form
    as_read = replace(known, version=version(form.text("version")) or known.version)
    try:
        contacts, fallback = _contacts(desk, typed), _fallback(desk)
    except Invalid as invalid:
        return _show(desk, as_read, typed, faults(desk.visit, invalid), 422)
    zone = form.text("zone") if form.text("zone") in {one.zone for one in desk.point.zones} else ""
    changed = replace(
        as_read, personal=Contacts(contacts, fallback), reception_point=form.text("reception_point") == "yes", zone=zone
    )
    put_once(desk, changed, district)
    desk.wiring.places.forget()
    name = changed.name(desk.visit.language)
    return desk.visit.redirect(f"/console/districts/{district}", desk.visit.say(SAVED, district=name))


def _rows(visit: Visit) -> list[dict[str, str]]:
    rows = [{name: visit.form.text(f"contacts.{place}.{name}") for name in BLANK} for place in range(MOST_CONTACTS)]
    return [row for row in rows if row["name"] or row["phone"]]


def _contacts(desk: Desk, typed: list[dict[str, str]]) -> tuple[Contact, ...]:
    errors: list[FieldError] = []
    contacts = []
    for place, row in enumerate(typed):
        try:
            contacts.append(_contact(desk, f"contacts.{place}", row))
        except Invalid as invalid:
            errors += invalid.errors
    if errors:
        raise Invalid(tuple(errors))
    return tuple(contacts)


def _fallback(desk: Desk) -> Contact | None:
    """The number for when nobody is on duty; none when the box is empty."""
    typed = {name: desk.visit.form.text(f"fallback.{name}") for name in FALLBACK}
    return _contact(desk, "fallback", {**BLANK, **typed}, named=False) if typed["phone"] else None


def _contact(desk: Desk, where: str, row: dict[str, str], *, named: bool = True) -> Contact:
    if named and not row["name"]:
        raise Invalid((FieldError(f"{where}.name", "required"),))
    number = phone(f"{where}.phone", row["phone"], desk.point)
    reach = row["reach"] if row["reach"] in REACH else "text"
    if reach == "text" and not receives_texts(number):
        raise Invalid((FieldError(f"{where}.phone", "reach_text"),))
    try:
        hours = Duty(row["from"] or "00:00", row["to"] or "00:00")
        hours.covers(desk.local(desk.now).time())
    except ValueError:
        raise Invalid((FieldError(f"{where}.from", "not_a_time"),)) from None
    return Contact(
        name=one_line(f"{where}.name", row["name"], 80) if named else "", phone=number, reach=reach, duty=(hours,),
        language=row["language"] if row["language"] in language_names() else "zh-Hans", deputy=row["deputy"] == "yes",
    )  # fmt: skip
