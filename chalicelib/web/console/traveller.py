"""One traveller: who, where, signs first, what was declared, told and done; and the next thing to do."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.casework import read_case, seen_case
from chalicelib.actions.find_travellers import visible
from chalicelib.actions.keep_reference import list_hotels
from chalicelib.actions.read_history import History, read_history
from chalicelib.actions.read_links import read_links
from chalicelib.actions.resend_message import list_messages
from chalicelib.domain.case import Case
from chalicelib.web.access_rules import may
from chalicelib.web.console.answers import difference, read_back
from chalicelib.web.console.checkins import stay_of
from chalicelib.web.console.deeds import may_correct, may_dispatch, next_deed, other_deeds
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.texts import texts_of
from chalicelib.web.entrance import entrance
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
MOST = 100


@page(blueprint, "/console/travellers/{case_id}", access=may("read_cases"))
def traveller(visit: Visit, case_id: str) -> Response:
    """The whole journey of one traveller on one page."""
    return show(Desk.of(visit), case_id)


def show(
    desk: Desk, case_id: str, status: int = 200, problems: Any = (), verb: str = "", revealed: bool = False
) -> Response:
    """The page; ``problems`` are faults of the form of ``verb``, by field; ``revealed`` shows numbers in full."""
    desk.visit.path = f"/console/travellers/{case_id}"  # Also where a refused form is shown again.
    case, etag = seen_case(desk.ports, desk.officer, case_id)
    _, dispatch = read_case(desk.ports, case_id)
    links = read_links(desk.ports, desk.officer, case)
    return desk.render(
        "traveller", status, case=case, etag=etag, dispatch=dispatch, party=_party(desk, case),
        parts=read_back(desk, case), links=tuple((link, difference(desk, case, link.case)) for link in links),
        deed=next_deed(desk, case), deeds=other_deeds(desk, case, dispatch), correctable=may_correct(desk, case),
        dispatchable=may_dispatch(desk, case, dispatch), problems=dict(problems), problem_verb=verb,
        revealed=revealed, stay=stay_of(desk, case),
        **_records(desk, case), **_places(desk, case),
    )  # fmt: skip


def _party(desk: Desk, case: Case) -> tuple[Case, ...]:
    others = [(member,) for member in case.party if member != case.case_id]
    found = desk.ports.store.many(Case, others)
    return visible(desk.ports, desk.officer, (found[key] for key in others if key in found))


def _records(desk: Desk, case: Case) -> dict[str, Any]:
    messages = history = texts = None
    if desk.visit.may("read_messages"):
        texts = texts_of(desk, case)
        messages = list_messages(desk.ports, desk.officer, desk.point, case.case_id, "", "", MOST, None).items
    if desk.visit.may("read_history"):
        history = read_history(desk.ports, desk.officer, case.case_id)
    return {"messages": messages, "texts": texts, "history": history, "names_of_officers": _names(history)}


def _names(history: History | None) -> dict[str, str]:
    """Display names of the officers that a history names; keys of programs and jobs have none."""
    actors = {entry.actor for entry in history.entries} if history else set()
    accounts = {actor: entrance().gate.store.account(actor) for actor in actors if actor.replace("-", "").isalnum()}
    return {actor: account.officer.display_name for actor, account in accounts.items() if account}


def _places(desk: Desk, case: Case) -> dict[str, Any]:
    deed = next_deed(desk, case)
    if not deed or deed.verb != "quarantine":
        return {"hotels": ()}
    hotels = list_hotels(desk.ports, desk.officer, MOST, None).items
    return {"hotels": tuple(sorted(hotels, key=lambda hotel: hotel.district != case.district))}
