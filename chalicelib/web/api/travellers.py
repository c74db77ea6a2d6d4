"""Travellers: lists, search, one of them, its history."""

from chalice import Blueprint

from chalicelib.actions.find_travellers import FIELDS, Query, find_travellers
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.actions.read_history import read_history
from chalicelib.actions.show_number import show_traveller_numbers
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.masked_answers import masked
from chalicelib.domain.places import Point
from chalicelib.domain.states import State
from chalicelib.web.access_rules import may
from chalicelib.web.api import answers
from chalicelib.web.api.bodies import SearchBody
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.known import asked_point, known_registration
from chalicelib.web.api.paging import listed, position, whole
from chalicelib.web.api.resources import asks_for_numbers, instant, traveller_answer, traveller_line
from chalicelib.web.typed import code, day, flight, one_line, one_of, phone, plausible

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/travellers", may("read_cases", "key"), answer=answers.Listed[answers.TravellerLine],
    query=("point", "flight", "date", "state", "district", "limit", "cursor"),
)  # fmt: skip
def get_travellers(call: Call) -> Answer:
    """A page of a flight's, a district's or the point's day."""
    asked = call.query
    wanted = Filter(
        flight=flight("flight", asked["flight"]) if asked.get("flight") else "",
        day=day("date", asked.get("date", "")), state=one_of("state", asked.get("state", ""), tuple(State)),
        district=known_registration(call, asked.get("district", "")),
    )  # fmt: skip
    page = list_travellers(call.ports, call.officer, asked_point(call), wanted, call.limit, position(call))
    return listed(call, page, traveller_line)


@endpoint(
    blueprint, "POST", "/travellers/search", may("read_cases", "key"), body=SearchBody, act_once=False,
    answer=answers.Listed[answers.TravellerLine], query=("point",),
)  # fmt: skip
def post_search(call: Call) -> Answer:
    """Travellers by one thing that an officer has."""
    body = call.body(SearchBody)
    given = {name: value for name in FIELDS if (value := getattr(body, name))}
    if len(given) != 1:
        raise Invalid((FieldError("body", "too_many" if given else "required"),))
    ((field, value),) = given.items()
    point, when = asked_point(call), plausible("date", body.date) if body.date else None
    found = find_travellers(call.ports, call.officer, point, Query(field, _clean(field, value, point), when))
    return whole(traveller_line(case) for case in found)


def _clean(field: str, value: str, point: Point) -> str:
    match field:
        case "phone":
            return phone(field, value, point)
        case "name":
            return one_line(field, value)
        case "reference":
            return value
    return code(field, value)


@endpoint(
    blueprint, "GET", "/travellers/{traveller_id}", may("read_cases", "key"), answer=answers.Traveller, etag=True,
    query=("numbers",),
)  # fmt: skip
def get_traveller(call: Call, traveller_id: str) -> Answer:
    """One traveller; phones are masked unless they are asked for, which is in the audit."""
    full = asks_for_numbers(call)
    if full:
        show_traveller_numbers(call.ports, call.officer, traveller_id)
    return traveller_answer(call, traveller_id, full=full)


@endpoint(
    blueprint, "GET", "/travellers/{traveller_id}/history", may("read_history", "key"), answer=answers.History
)  # fmt: skip
def get_history(call: Call, traveller_id: str) -> Answer:
    """The audit, and whether its chain is as it was written."""
    history = read_history(call.ports, call.officer, traveller_id)
    return Answer(answers.History([_entry(entry) for entry in history.entries], None, history.intact))


def _entry(entry: AuditEntry) -> answers.Entry:
    return answers.Entry(
        at=instant(entry.at), actor=entry.actor, verb=entry.verb, before=entry.before or None, after=entry.after,
        subject=entry.subject_kind, facts=dict(entry.facts), detail=masked(entry.personal.facts), digest=entry.digest,
    )  # fmt: skip
