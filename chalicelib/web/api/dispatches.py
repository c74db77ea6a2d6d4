"""Dispatches: opened, boarded, on the road, arrived, handed over."""

import secrets

from chalice import Blueprint

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.domain.dispatch import Dispatch, Escort, Vehicle
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.web.access_rules import may
from chalicelib.web.api.bodies import ArriveBody, BoardBody, DispatchBody
from chalicelib.web.api.endpoint import Answer, Call, endpoint
from chalicelib.web.api.resources import check_dispatch, dispatch_answer
from chalicelib.web.api.values import asked_point, code, day, one_line, phone
from chalicelib.web.cursor import opened, sealed

blueprint = Blueprint(__name__)


@endpoint(blueprint, "POST", "/dispatches", may("dispatch", "key"))
def post_dispatch(call: Call) -> Answer:
    """A vehicle, boarding."""
    body = call.body(DispatchBody)
    if body.district not in call.ports.places.districts():
        raise Invalid((FieldError("district", "unknown"),))
    new = NewDispatch(
        district=body.district,
        vehicle=Vehicle(code("vehicle.plate", body.vehicle.plate), one_line("vehicle.kind", body.vehicle.kind),
                        body.vehicle.capacity),
        escort=Escort(one_line("escort.name", body.escort.name),
                      phone("escort.phone", body.escort.phone, asked_point(call))),
        traveller_ids=tuple(body.traveller_ids), key=call.key or secrets.token_hex(16),
    )  # fmt: skip
    return dispatch_answer(open_dispatch(call.ports, call.officer, new), 201)


@endpoint(blueprint, "GET", "/dispatches", may("read_dispatches", "key"))
def get_dispatches(call: Call) -> Answer:
    """A page of a day's vehicles."""
    page = list_dispatches(
        call.ports, call.officer, asked_point(call), day("date", call.query.get("date", "")),
        call.query.get("district", ""), call.limit, opened(call.query.get("cursor", "")),
    )  # fmt: skip
    return Answer({"items": [dispatch_answer(found).body for found in page.items], "next": sealed(page.cursor)})


@endpoint(blueprint, "GET", "/dispatches/{dispatch_id}", may("read_dispatches", "key"))
def get_dispatch(call: Call, dispatch_id: str) -> Answer:
    """One vehicle."""
    return dispatch_answer(check_dispatch(call, call.ports.store.get(Dispatch, dispatch_id)))


@endpoint(blueprint, "POST", "/dispatches/{dispatch_id}/board", may("dispatch", "key"))
def post_board(call: Call, dispatch_id: str) -> Answer:
    """Somebody steps in, by pass or by id."""
    body = call.body(BoardBody)
    if (body.pass_ is None) == (body.traveller_id is None):
        raise Invalid((FieldError("traveller_id", "required"),))
    case_id = body.traveller_id or _holder(call, body.pass_ or "")
    return dispatch_answer(board_traveller(call.ports, call.officer, dispatch_id, case_id, call.if_match))


def _holder(call: Call, scanned: str) -> str:
    try:
        return call.wiring.passes.read(scanned.strip().rstrip("/").rsplit("/", 1)[-1]).case_id
    except NotFound:
        raise Invalid((FieldError("pass", "unknown"),)) from None


@endpoint(blueprint, "POST", "/dispatches/{dispatch_id}/depart", may("dispatch", "key"))
def post_depart(call: Call, dispatch_id: str) -> Answer:
    """The doors close."""
    return dispatch_answer(depart_dispatch(call.ports, call.officer, dispatch_id, call.if_match))


@endpoint(blueprint, "POST", "/dispatches/{dispatch_id}/arrive", may("arrive", "key"))
def post_arrive(call: Call, dispatch_id: str) -> Answer:
    """A headcount."""
    present = tuple(call.body(ArriveBody).present)
    return dispatch_answer(arrive_dispatch(call.ports, call.officer, dispatch_id, present, call.if_match))


@endpoint(blueprint, "POST", "/dispatches/{dispatch_id}/acknowledge", may("acknowledge", "key"))
def post_acknowledge(call: Call, dispatch_id: str) -> Answer:
    """The district has its people."""
    return dispatch_answer(acknowledge_handover(call.ports, call.officer, dispatch_id, call.if_match))
