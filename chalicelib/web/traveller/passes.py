"""``/p/{token}``: the pass. It tells nothing to who does not hold the token, and nobody keeps a copy of it."""

from typing import Any

from chalice import Response

from chalicelib.domain.calendar import days_left, local_date
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.places import Point
from chalicelib.domain.quarantine import ended_on
from chalicelib.domain.states import State
from chalicelib.intake import forms
from chalicelib.intake.explanations import explained
from chalicelib.passes.tokens import Pass
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.entity_tags import has
from chalicelib.web.labels import N_
from chalicelib.web.language import COOKIE, LANGUAGES
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.checkin_state import told_today
from chalicelib.web.traveller.codes import certificate_code, pass_code
from chalicelib.web.traveller.doorway import point_name
from chalicelib.web.traveller.journey import LASTING, STOPS, way_stations
from chalicelib.web.traveller.members import Holder, holder_of
from chalicelib.web.traveller.missing import nothing_here
from chalicelib.web.traveller.standing import standing
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
NO_PASS = N_("This is not a valid pass")
NO_PASS_ADVICE = N_(
    "Scan the code again, or get your pass back with your reference, your document number and your date of birth."
)


@page(blueprint, "/p/{token}", access=PUBLIC)
def show_pass(visit: Visit, token: str) -> Response:
    """The pass as it stands now."""
    return _pass_page(visit, token)


@page(blueprint, "/P/{token}", access=PUBLIC)
def show_scanned_pass(visit: Visit, token: str) -> Response:
    """The same, as a code spells it."""
    return _pass_page(visit, token)


def speak_to(visit: Visit, case: Case) -> None:
    """Speak the language of the declaration unless the visitor chose another."""
    if not visit.query.get("lang") and not visit.cookies.get(COOKIE) and case.language in LANGUAGES:
        visit.language = case.language


def shown_date(case: Case, language: str, iso: str) -> str:
    """A calendar date with its month by name."""
    return forms.load(case.form, case.form_version).texts(language).date(iso)


def _pass_page(visit: Visit, token: str) -> Response:
    try:
        holder = holder_of(token)
    except NotFound:
        return nothing_here(visit, NO_PASS, NO_PASS_ADVICE)
    speak_to(visit, holder.case)
    tag = standing(visit, holder)
    tagged = {**PRIVATE, "ETag": tag}
    if has(tag, visit.headers):
        return visit.answer("", 304, tagged)
    return visit.render("traveller/pass.html", 200, tagged, tag=tag, **_facts(visit, holder))


def _facts(visit: Visit, holder: Holder) -> dict[str, Any]:
    case, point = holder.case, holder.point
    return {
        "holder": holder,
        "case": case,
        "point_name": point_name(point, visit.language),
        "zone_label": point.label(case.zone, visit.language),
        "in_hall": case.state in (State.DECLARED, State.VERIFIED, State.REGISTERED),
        "code": pass_code(visit.public_base, holder.token),
        "stop": STOPS[case.state],
        "way": way_stations(case.state),
        "lasting": case.state in LASTING,
        "explanations": () if case.state in LASTING else explained(point, visit.language),
        "amendable": holder.is_declarer and case.state == State.DECLARED,
        "stay": _stay(visit, case, point),
        "certificate": certificate(visit, case),
        "checked_in": told_today(case, point),
    }


def _stay(visit: Visit, case: Case, point: Point) -> dict[str, Any] | None:
    """The quarantine in dates at the point, while it lasts."""
    stay = case.quarantine
    if stay is None or case.state != State.IN_QUARANTINE:
        return None
    today = local_date(wiring().clock(), point.time_zone)
    return {
        "kind": stay.kind,
        "end": shown_date(case, visit.language, stay.end_date.isoformat()),
        "days": days_left(stay.end_date, today),
        "hour": point.release_hour,
        "place": case.personal.place,
        "room": case.personal.room,
    }


def certificate(visit: Visit, case: Case) -> dict[str, str] | None:
    """What the certificate says, once the traveller is released."""
    stay = case.quarantine
    if case.state != State.RELEASED or stay is None or case.released_at is None:
        return None
    released = ended_on(stay, local_date(case.released_at, wiring().places.point(case.point).time_zone))
    token = wiring().passes.certificate(Pass(case.case_id, case.point, case.intake_date))
    return {
        "from": shown_date(case, visit.language, stay.start_date.isoformat()),
        "to": shown_date(case, visit.language, released.isoformat()),
        "code": certificate_code(visit.public_base, token),
        "link": visit.url(f"/verify/{token}"),
    }
