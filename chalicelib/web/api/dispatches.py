"""Dispatches: opened, boarded, on the road, arrived, handed over."""

import secrets

from chalice import Blueprint

from chalicelib.actions.change_plan import PlanChange, change_plan
from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.actions.move_traveller import REASON_LIMIT
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.actions.show_number import show_escort_number
from chalicelib.actions.take_off_traveller import take_off_traveller
from chalicelib.domain.dispatch import Escort, Vehicle
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.web.access_rules import may
from chalicelib.web.api import vehicle_answers as answers
from chalicelib.web.api.answers import Listed
from chalicelib.web.api.bodies import ArriveBody, BoardBody, DepartBody, DispatchBody, EmptyBody, PlanBody
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.known import asked_point, known_district
from chalicelib.web.api.paging import listed, position
from chalicelib.web.api.resources import asks_for_numbers, dispatch_answer, dispatch_body, seen_dispatch
from chalicelib.web.typed import code, day, one_line, phone

blueprint = Blueprint(__name__)
ONE = "/dispatches/{dispatch_id}"


@endpoint(
    blueprint, "POST", "/dispatches", may("dispatch", "key"), body=DispatchBody, answer=answers.Dispatch,
    statuses=(201,), etag=True, conflicts=True, query=("point",), finds=True,
)  # fmt: skip
def post_dispatch(call: Call) -> Answer:
    """A vehicle, boarding."""
    body = call.body(DispatchBody)
    known_district(call, "district", body.district)
    vehicle = Vehicle(
        code("vehicle.plate", body.vehicle.plate), one_line("vehicle.kind", body.vehicle.kind), body.vehicle.capacity
    )
    escort = Escort(
        one_line("escort.name", body.escort.name), phone("escort.phone", body.escort.phone, asked_point(call))
    )
    new = NewDispatch(body.district, vehicle, escort, tuple(body.traveller_ids), call.key or secrets.token_hex(16))
    return dispatch_answer(open_dispatch(call.ports, call.officer, new), 201)


@endpoint(
    blueprint, "GET", "/dispatches", may("read_dispatches", "key"), answer=Listed[answers.Dispatch],
    query=("point", "date", "district", "limit", "cursor"),
)  # fmt: skip
def get_dispatches(call: Call) -> Answer:
    """A page of a day's vehicles."""
    page = list_dispatches(
        call.ports, call.officer, asked_point(call), day("date", call.query.get("date", "")),
        known_district(call, "district", call.query.get("district", "")), call.limit, position(call),
    )  # fmt: skip
    return listed(call, page, dispatch_body)


@endpoint(
    blueprint, "GET", ONE, may("read_dispatches", "key"), answer=answers.Dispatch, etag=True, query=("numbers",)
)  # fmt: skip
def get_dispatch(call: Call, dispatch_id: str) -> Answer:
    """One vehicle; its escort's phone is masked unless it is asked for, which is in the audit."""
    if asks_for_numbers(call):
        return dispatch_answer(show_escort_number(call.ports, call.officer, dispatch_id), full=True)
    return dispatch_answer(seen_dispatch(call, dispatch_id))


@endpoint(
    blueprint, "POST", f"{ONE}/board", may("dispatch", "key"), body=BoardBody, answer=answers.Dispatch, etag=True,
    match="taken", conflicts=True,
)  # fmt: skip
def post_board(call: Call, dispatch_id: str) -> Answer:
    """Somebody steps in, by pass or by id; twice is once."""
    case_id = _passenger(call)
    return dispatch_answer(board_traveller(call.ports, call.officer, dispatch_id, case_id, call.if_match))


@endpoint(
    blueprint, "POST", f"{ONE}/take_off", may("dispatch", "key"), body=BoardBody, answer=answers.Dispatch, etag=True,
    match="taken", conflicts=True,
)  # fmt: skip
def post_take_off(call: Call, dispatch_id: str) -> Answer:
    """Somebody leaves the list before the doors close, and waits in the zone again."""
    case_id = _passenger(call)
    return dispatch_answer(take_off_traveller(call.ports, call.officer, dispatch_id, case_id, call.if_match))


def _passenger(call: Call) -> str:
    body = call.body(BoardBody)
    if not (body.pass_ or body.traveller_id) or (body.pass_ and body.traveller_id):
        raise Invalid((FieldError("traveller_id", "too_many" if body.pass_ else "required"),))
    return body.traveller_id or _holder(call, body.pass_ or "")


def _holder(call: Call, scanned: str) -> str:
    """Whose pass it is, from its token or the whole link that a scanner reads."""
    try:
        return call.wiring.passes.read(scanned.strip().rstrip("/").rsplit("/", 1)[-1]).case_id
    except NotFound:
        raise Invalid((FieldError("pass", "unknown"),)) from None


@endpoint(
    blueprint, "POST", f"{ONE}/depart", may("dispatch", "key"), body=DepartBody, answer=answers.Dispatch, etag=True,
    match="taken", conflicts=True,
)  # fmt: skip
def post_depart(call: Call, dispatch_id: str) -> Answer:
    """The doors close: families, travellers and the district are told."""
    call.body(DepartBody)
    return dispatch_answer(depart_dispatch(call.ports, call.officer, dispatch_id, call.if_match))


@endpoint(
    blueprint, "POST", f"{ONE}/change", may("change_plan", "key"), body=PlanBody, answer=answers.Dispatch, etag=True,
    match="taken", conflicts=True,
)  # fmt: skip
def post_change(call: Call, dispatch_id: str) -> Answer:
    """The plan of a vehicle on the road changes: whoever was told before is corrected, and nobody else is told."""
    body = call.body(PlanBody)
    change = PlanChange(
        body.change, one_line("reason", body.reason, REASON_LIMIT), code("plate", body.plate) if body.plate else "",
        body.district, body.traveller_id,
    )  # fmt: skip
    return dispatch_answer(change_plan(call.ports, call.officer, dispatch_id, change, call.if_match))


@endpoint(
    blueprint, "POST", f"{ONE}/arrive", may("arrive", "key"), body=ArriveBody, answer=answers.Dispatch, etag=True,
    match="taken", conflicts=True,
)  # fmt: skip
def post_arrive(call: Call, dispatch_id: str) -> Answer:
    """A headcount; may be repeated until acknowledged, the last one counts."""
    present = tuple(call.body(ArriveBody).present)
    return dispatch_answer(arrive_dispatch(call.ports, call.officer, dispatch_id, present, call.if_match))


@endpoint(
    blueprint, "POST", f"{ONE}/acknowledge", may("acknowledge", "key"), body=EmptyBody, answer=answers.Dispatch,
    etag=True, match="taken", conflicts=True,
)  # fmt: skip
def post_acknowledge(call: Call, dispatch_id: str) -> Answer:
    """The district has its people."""
    call.body(EmptyBody)
    return dispatch_answer(acknowledge_handover(call.ports, call.officer, dispatch_id, call.if_match))
