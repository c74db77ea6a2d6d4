"""Travellers: lists, search, one of them, its history, and every verb."""

from chalice import Blueprint

from chalicelib.actions.find_travellers import FIELDS, Query, find_travellers
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.actions.move_traveller import PLAIN_VERBS, move_traveller
from chalicelib.actions.quarantine import Placement, change_quarantine, hold_case, start_quarantine, unhold_case
from chalicelib.actions.read_history import read_history
from chalicelib.actions.release import release_early
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.places import Point
from chalicelib.web.access_rules import KEY, may
from chalicelib.web.api.bodies import ChangeBody, QuarantineBody, SearchBody, VerbBody
from chalicelib.web.api.corrections import correct
from chalicelib.web.api.endpoint import Answer, Call, endpoint
from chalicelib.web.api.resources import instant, traveller_answer, traveller_line
from chalicelib.web.api.values import asked_point, code, day, one_line, phone
from chalicelib.web.cursor import opened, sealed

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/travellers", may("read_cases", "key"))
def get_travellers(call: Call) -> Answer:
    """A page of a flight's, a district's or the point's day."""
    wanted = Filter(
        flight=code("flight", call.query.get("flight", "")) if call.query.get("flight") else "",
        day=day("date", call.query.get("date", "")), state=call.query.get("state", ""),
        district=call.query.get("district", ""),
    )  # fmt: skip
    page = list_travellers(
        call.ports, call.officer, asked_point(call), wanted, call.limit, opened(call.query.get("cursor", ""))
    )
    return Answer({"items": [traveller_line(case) for case in page.items], "next": sealed(page.cursor)})


@endpoint(blueprint, "POST", "/travellers/search", may("read_cases", "key"), once=False)
def post_search(call: Call) -> Answer:
    """Travellers by one thing that an officer has."""
    body = call.body(SearchBody)
    given = {name: value for name in FIELDS if (value := getattr(body, name))}
    if len(given) != 1:
        raise Invalid((FieldError("body", "required" if not given else "too_many"),))
    ((field, value),) = given.items()
    point = asked_point(call)
    found = find_travellers(call.ports, call.officer, point, Query(field, _clean(field, value, point), body.date))
    return Answer({"items": [traveller_line(case) for case in found], "next": None})


def _clean(field: str, value: str, point: Point) -> str:
    match field:
        case "phone":
            return phone(field, value, point)
        case "name":
            return one_line(field, value)
        case "reference":
            return value
    return code(field, value)


@endpoint(blueprint, "GET", "/travellers/{case_id}", may("read_cases", "key"))
def get_traveller(call: Call, case_id: str) -> Answer:
    """One traveller."""
    return traveller_answer(call, case_id)


@endpoint(blueprint, "GET", "/travellers/{case_id}/history", may("read_history", "key"))
def get_history(call: Call, case_id: str) -> Answer:
    """The audit, and whether its chain is as it was written."""
    history = read_history(call.ports, call.officer, case_id)
    items = [
        {
            "at": instant(entry.at), "actor": entry.actor, "verb": entry.verb, "before": entry.before or None,
            "after": entry.after, "subject": entry.subject_kind, "facts": dict(entry.facts),
            "detail": dict(entry.personal.facts), "digest": entry.digest,
        }
        for entry in history.entries
    ]  # fmt: skip
    return Answer({"items": items, "next": None, "intact": history.intact})


@endpoint(blueprint, "POST", "/travellers/{case_id}/{verb}", KEY)
def post_verb(call: Call, case_id: str, verb: str) -> Answer:
    """One verb of a traveller."""
    if verb in PLAIN_VERBS:
        reason = one_line("reason", call.body(VerbBody).reason, 500)
        move_traveller(call.ports, call.officer, case_id, verb, reason, call.demanded_match())
    elif verb in _OTHERS:
        _OTHERS[verb](call, case_id)
    else:
        raise NotFound("verb")
    return traveller_answer(call, case_id)


@endpoint(blueprint, "POST", "/travellers/{case_id}/quarantine/change", may("quarantine_change", "key"))
def post_change(call: Call, case_id: str) -> Answer:
    """Another end date."""
    body = call.body(ChangeBody)
    reason = one_line("reason", body.reason, 500)
    change_quarantine(call.ports, call.officer, case_id, body.end_date, reason, call.if_match)
    return traveller_answer(call, case_id)


@endpoint(blueprint, "POST", "/travellers/{case_id}/quarantine", may("quarantine", "key"))
def post_quarantine(call: Call, case_id: str) -> Answer:
    """Quarantine starts. A route of its own: to a gateway the path of the change below it hides ``{verb}``."""
    body = call.body(QuarantineBody)
    placement = Placement(
        body.kind, one_line("place", body.place), one_line("room", body.room) if body.room else "", body.start_date,
        body.days,
    )  # fmt: skip
    start_quarantine(call.ports, call.officer, case_id, placement, call.if_match)
    return traveller_answer(call, case_id)


def _release(call: Call, case_id: str) -> None:
    reason = one_line("reason", call.body(VerbBody).reason, 500)
    release_early(call.ports, call.officer, case_id, reason, call.demanded_match())


def _hold(call: Call, case_id: str) -> None:
    hold_case(call.ports, call.officer, case_id, one_line("reason", call.body(VerbBody).reason, 500), call.if_match)


def _unhold(call: Call, case_id: str) -> None:
    unhold_case(call.ports, call.officer, case_id, one_line("reason", call.body(VerbBody).reason, 500), call.if_match)


_OTHERS = {"correct": correct, "release": _release, "hold": _hold, "unhold": _unhold}
