"""What the API answers with: cases, dispatches, messages and places as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chalicelib.actions.casework import seen_case
from chalicelib.actions.dispatchwork import check_sees_dispatch
from chalicelib.actions.ports import View
from chalicelib.domain.arrivals import Flight, Hotel
from chalicelib.domain.calendar import days_left, local_date
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.finding import Linked
from chalicelib.domain.masking import mask_document, mask_phone
from chalicelib.domain.messages import Message
from chalicelib.domain.notices import masked_name
from chalicelib.domain.places import District, Point
from chalicelib.domain.states import allowed_in
from chalicelib.passes.tokens import Pass
from chalicelib.web.api.endpoint import Answer, Call
from chalicelib.wiring import Wiring

MOST_LINKED = 50
API_NAMES = {"change": "quarantine/change"}
_INTERNAL = frozenset({"depart", "acknowledge", "amend"})


def resource(call: Call, name: str) -> Answer:
    """The answer for a resource named ``case:<id>`` or ``dispatch:<id>``, as it is now."""
    kind, _, key = name.partition(":")
    if kind == "dispatch":
        return dispatch_answer(call.ports.store.get(Dispatch, key))
    return traveller_answer(call, key)


def instant(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, whole seconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00") if moment else None


def pass_url(here: Wiring, case_id: str, point: str, day: date) -> str:
    """The address of a traveller's pass."""
    return f"{here.settings.public_base}/p/{here.passes.token(Pass(case_id, point, day))}"


def traveller_answer(call: Call, case_id: str, status: int = 200) -> Answer:
    """One traveller, whole, for an officer who sees them; raises NotFound."""
    case, etag = seen_case(call.ports, call.officer, case_id)
    linked = call.ports.store.page(View(Linked, "", case_id, prefix="linked#"), MOST_LINKED).items
    body = {
        **_common(case), "name": _name(case), "answers": dict(case.answers), "party": list(case.party),
        "declarations": case.declarations, 
        "linked": [{"traveller_id": found.linked_id, "reason": found.reason} for found in linked],
        "quarantine": _quarantine(call, case), "allowed": [_api_name(verb) for verb in _verbs(case)],
    }  # fmt: skip
    return Answer(body, status, etag)


def _verbs(case: Case) -> tuple[str, ...]:
    return tuple(verb for verb in allowed_in(case.state) if verb not in _INTERNAL)


def _api_name(verb: str) -> str:
    return API_NAMES.get(verb, verb)


def _common(case: Case) -> dict[str, Any]:
    return {
        "traveller_id": case.case_id, "reference": case.reference, "state": case.state, "point": case.point,
        "flight_number": case.flight, "arrival_date": str(case.arrival_date), "seat": case.answers.get("seat"),
        "zone": case.zone, "district": case.district, "nationality": case.answers.get("nationality"),
        "signs": list(case.signs), "special_care": list(case.answers.get("special_care") or ()),
        "language": case.language, "declared_at": instant(case.declared_at), "party_id": case.party_id,
        "dispatch_id": case.dispatch_id, "held": case.held, "linked_to": case.linked_to,
        "released_at": instant(case.released_at),
    }  # fmt: skip


def _name(case: Case) -> dict[str, str]:
    return {key: case.answers[key] for key in ("family_name", "given_names", "name_zh") if case.answers.get(key)}


def _quarantine(call: Call, case: Case) -> dict[str, Any] | None:
    plan = case.quarantine
    if plan is None:
        return None
    today = local_date(call.ports.clock(), call.ports.places.point(case.point).time_zone)
    return {
        "kind": plan.kind, "place": case.personal.place, "room": case.personal.room,
        "start_date": str(plan.start_date), "end_date": str(plan.end_date),
        "days_left": days_left(plan.end_date, today),
    }  # fmt: skip


def traveller_line(case: Case) -> dict[str, Any]:
    """One traveller in a list: name, document and phone masked."""
    answers = case.answers
    masked = {
        "name": masked_name(case),
        "document_number": mask_document(answers["document_number"]) if answers.get("document_number") else None,
        "phone": mask_phone(answers["phone"]) if answers.get("phone") else None,
    }
    plan = case.quarantine
    return {**_common(case), **masked, "end_date": str(plan.end_date) if plan else None}


def dispatch_answer(dispatch: Dispatch, status: int = 200) -> Answer:
    """One dispatch, whole."""
    vehicle = dispatch.vehicle
    body = {
        "dispatch_id": dispatch.dispatch_id, "state": dispatch.state, "point": dispatch.point,
        "district": dispatch.district, "date": str(dispatch.date),
        "vehicle": {"plate": vehicle.plate, "kind": vehicle.kind, "capacity": vehicle.capacity},
        "escort": {"name": dispatch.personal.name, "phone": dispatch.personal.phone},
        "traveller_ids": [passenger.case_id for passenger in dispatch.roster], "boarded": list(dispatch.boarded),
        "present": list(dispatch.present), "missing": list(dispatch.missing), "discrepancy": dispatch.discrepancy,
        "opened_at": instant(dispatch.opened_at), "departed_at": instant(dispatch.departed_at),
        "arrived_at": instant(dispatch.arrived_at), "acknowledged_at": instant(dispatch.acknowledged_at),
    }  # fmt: skip
    return Answer(body, status, str(dispatch.version))


def check_dispatch(call: Call, dispatch: Dispatch) -> Dispatch:
    """The dispatch, when this key may know of it; raises NotFound."""
    check_sees_dispatch(call.officer, dispatch)
    return dispatch


def message_line(message: Message) -> dict[str, Any]:
    """One message, its recipient masked."""
    return {
        "message_id": message.message_id, "event": message.event, "template": f"{message.event}/{message.audience}",
        "language": message.language, "recipient_kind": message.audience, "to": mask_phone(message.personal.to),
        "segments": message.segments, "state": message.state, "attempts": message.attempts,
        "provider": message.provider or None, "sid": message.sid or None, "code": message.code or None,
        "due_at": instant(message.due_at), "traveller_id": message.traveller_id, "dispatch_id": message.dispatch_id,
        "times": {state: instant(moment) for state, moment in message.times.items()},
    }  # fmt: skip


def point_body(point: Point) -> dict[str, Any]:
    """A point of entry."""
    return {
        "point": point.point, "names": dict(point.names), "time_zone": point.time_zone, "country": point.country,
        "languages": list(point.languages), "quarantine_days": point.quarantine_days,
        "release_hour": point.release_hour, "hotline": point.hotline,
        "zones": [{"zone": zone.zone, "labels": dict(zone.labels)} for zone in point.zones],
        "zone_shared": point.zone_shared, "zone_elsewhere": point.zone_elsewhere, "zone_none": point.zone_none,
    }  # fmt: skip


def district_line(district: District) -> dict[str, Any]:
    """A district in a list."""
    return {
        "district": district.district, "names": dict(district.names), "kind": district.kind, "code": district.code,
        "reception_point": district.reception_point, "zone": district.zone,
    }  # fmt: skip


def district_body(district: District, point: Point | None, now: datetime) -> dict[str, Any]:
    """A district with its contacts and who of them is on duty."""
    on_duty = district.on_duty(now, point.time_zone) if point else ()
    labels: Mapping[str, str] = next((z.labels for z in point.zones if z.zone == district.zone), {}) if point else {}
    contacts = [
        {
            "name": contact.name, "phone": contact.phone, "language": contact.language, "reach": contact.reach,
            "duty": [{"from": hours.start, "to": hours.until} for hours in contact.duty], "deputy": contact.deputy,
        }
        for contact in district.personal.contacts
    ]  # fmt: skip
    return {
        **district_line(district), "zone_label": dict(labels), "contacts": contacts,
        "on_duty": [contact.name for contact in on_duty],
    }  # fmt: skip


def hotel_body(hotel: Hotel) -> dict[str, Any]:
    """A hotel."""
    return {
        "hotel": hotel.hotel, "names": dict(hotel.names), "district": hotel.district, "rooms": hotel.rooms,
        "capacity": hotel.capacity,
    }  # fmt: skip


def flight_body(flight: Flight) -> dict[str, Any]:
    """A flight."""
    return {
        "point": flight.point, "date": str(flight.date), "number": flight.number, "kind": flight.kind,
        "route": flight.route, "from": flight.origin, "scheduled": flight.scheduled.isoformat(),
        "estimated": flight.estimated.isoformat() if flight.estimated else None,
        "expected_heads": flight.expected_heads,
    }  # fmt: skip
