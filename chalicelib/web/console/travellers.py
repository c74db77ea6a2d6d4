"""Lists of travellers: a state, a flight or a district of a day, a page at a time."""

from urllib.parse import urlencode

from chalice import Blueprint, Response

from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.domain.states import State
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.cursor import opened, sealed
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
PAGE = 50
FILTERS = ("flight", "state", "district", "date")


@page(blueprint, "/console/travellers", access=may("read_cases"))
def travellers(visit: Visit) -> Response:
    """Who arrives on a day, narrowed by what the address names."""
    desk = Desk.of(visit)
    day = desk.asked_day()
    asked = {name: visit.query[name] for name in FILTERS if visit.query.get(name)}
    wanted = Filter(
        flight=asked.get("flight", ""), day=day, state=asked.get("state", ""), district=asked.get("district", "")
    )
    start = opened(visit.query.get("cursor", ""))
    found = list_travellers(desk.ports, desk.officer, desk.point, wanted, PAGE, start)
    following = sealed(found.cursor)
    return desk.render(
        "travellers", people=found.items, day=day, wanted=wanted, states=tuple(State),
        next=f"/console/travellers?{urlencode({**asked, 'cursor': following})}" if following else "",
        first=f"/console/travellers?{urlencode(asked)}" if start else "",
    )  # fmt: skip
