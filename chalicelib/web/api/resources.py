"""Travellers, dispatches and messages of the domain as what the API answers."""

from datetime import date, datetime
from typing import Any

from chalicelib.actions.casework import seen_case
from chalicelib.actions.dispatchwork import check_sees_dispatch
from chalicelib.actions.ports import View
from chalicelib.domain import finding, messages
from chalicelib.domain.calendar import days_left, local_date
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.masked_answers import masked
from chalicelib.domain.masking import mask_document, mask_phone
from chalicelib.domain.notices import masked_name
from chalicelib.domain.states import allowed_in
from chalicelib.passes.tokens import Pass
from chalicelib.web.api import answers, message_answers, vehicle_answers
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.verb_names import offered
from chalicelib.web.typed import one_of
from chalicelib.wiring import Wiring

MOST_LINKED = 50


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _when(moment: datetime | None) -> str | None:
    return instant(moment) if moment else None


def pass_url(here: Wiring, case_id: str, point: str, day: date) -> str:
    """The address of a traveller's pass."""
    return f"{here.settings.public_base}/p/{here.passes.token(Pass(case_id, point, day))}"


def asks_for_numbers(call: Call) -> bool:
    """Whether the query wants phones in full; raises Invalid for any other wish."""
    return bool(one_of("numbers", call.query.get("numbers", ""), ("full",)))


def traveller_answer(call: Call, case_id: str, status: int = 200, *, full: bool = False) -> Answer:
    """One traveller, whole, for an officer who sees them; ``full`` with their numbers. Raises NotFound."""
    case, etag = seen_case(call.ports, call.officer, case_id)
    linked = call.ports.store.page(View(finding.Linked, "", case_id, prefix="linked#"), MOST_LINKED).items
    body = answers.Traveller(
        **_person(case), name=_name(case), party=list(case.party),
        answers=dict(case.answers) if full else masked(case.answers),
        declarations=case.declarations, quarantine=_quarantine(call, case), allowed=_verbs(case),
        linked=[answers.Linked(found.linked_id, found.reason) for found in linked],
    )  # fmt: skip
    return Answer(body, status, etag)


def _verbs(case: Case) -> list[str]:
    done = "hold" if case.held else "unhold"
    return [verb for verb in offered(allowed_in(case.state), case.state) if verb != done]


def _person(case: Case) -> dict[str, Any]:
    return {
        "traveller_id": case.case_id, "reference": case.reference, "state": case.state, "point": case.point,
        "flight_number": case.flight, "arrival_date": case.arrival_date, "seat": case.answers.get("seat"),
        "zone": case.zone, "district": case.district, "nationality": case.answers.get("nationality"),
        "signs": list(case.signs), "special_care": list(case.answers.get("special_care") or ()),
        "language": case.language, "declared_at": instant(case.declared_at), "party_id": case.party_id,
        "dispatch_id": case.dispatch_id, "held": case.held, "source": case.source or None,
        "drill": case.drill, "linked_to": case.linked_to,
        "released_at": _when(case.released_at),
    }  # fmt: skip


def _name(case: Case) -> dict[str, str]:
    return {key: case.answers[key] for key in ("family_name", "given_names", "name_zh") if case.answers.get(key)}


def _quarantine(call: Call, case: Case) -> answers.Quarantine | None:
    plan = case.quarantine
    if plan is None:
        return None
    today = local_date(call.ports.clock(), call.ports.places.point(case.point).time_zone)
    return answers.Quarantine(
        kind=plan.kind, place=case.personal.place, room=case.personal.room, start_date=plan.start_date,
        end_date=plan.end_date, days_left=days_left(plan.end_date, today),
    )  # fmt: skip


def traveller_line(case: Case) -> answers.TravellerLine:
    """One traveller in a list: name, document and phone masked."""
    said = case.answers
    return answers.TravellerLine(
        **_person(case), name=masked_name(case),
        document_number=mask_document(said["document_number"]) if said.get("document_number") else None,
        phone=mask_phone(said["phone"]) if said.get("phone") else None,
        end_date=case.quarantine.end_date if case.quarantine else None,
    )  # fmt: skip


def seen_dispatch(call: Call, dispatch_id: str) -> Dispatch:
    """The dispatch, when this key may know of it; raises NotFound."""
    dispatch = call.ports.store.get(Dispatch, dispatch_id)
    check_sees_dispatch(call.officer, dispatch)
    return dispatch


def dispatch_answer(dispatch: Dispatch, status: int = 200, *, full: bool = False) -> Answer:
    """One dispatch, with its ETag; ``full`` with its escort's number."""
    return Answer(dispatch_body(dispatch, full=full), status, str(dispatch.version))


def dispatch_body(dispatch: Dispatch, *, full: bool = False) -> vehicle_answers.Dispatch:
    """One dispatch, whole."""
    vehicle, escort = dispatch.vehicle, dispatch.personal
    return vehicle_answers.Dispatch(
        dispatch_id=dispatch.dispatch_id, state=dispatch.state, point=dispatch.point, district=dispatch.district,
        date=dispatch.date, vehicle=vehicle_answers.Vehicle(vehicle.plate, vehicle.kind, vehicle.capacity),
        escort=vehicle_answers.Escort(escort.name, escort.phone if full else mask_phone(escort.phone)),
        traveller_ids=[passenger.case_id for passenger in dispatch.roster], boarded=list(dispatch.boarded),
        present=list(dispatch.present), missing=list(dispatch.missing), discrepancy=dispatch.discrepancy,
        changes=dispatch.changes, drill=dispatch.drill,
        opened_at=instant(dispatch.opened_at), departed_at=_when(dispatch.departed_at),
        arrived_at=_when(dispatch.arrived_at), acknowledged_at=_when(dispatch.acknowledged_at),
    )  # fmt: skip


def message_line(message: messages.Message) -> message_answers.Message:
    """One message, its recipient masked."""
    return message_answers.Message(
        message_id=message.message_id, event=message.event, template=f"{message.event}/{message.audience}",
        language=message.language, recipient_kind=message.audience, to=mask_phone(message.personal.to),
        segments=message.segments, state=message.state, attempts=message.attempts,
        provider=message.provider or None, sid=message.sid or None, code=message.code or None,
        due_at=_when(message.due_at), traveller_id=message.traveller_id, dispatch_id=message.dispatch_id,
        drill=message.drill, times={state: instant(moment) for state, moment in message.times.items()},
    )  # fmt: skip
