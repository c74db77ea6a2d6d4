"""The diversion point: who waits in which zone, who has yet to be registered, and the vehicle that takes them."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from chalice import Blueprint, Response

from chalicelib.access import tokens
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.states import State
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.live import live
from chalicelib.web.console.tallies import everybody, in_parties
from chalicelib.web.console.words import VEHICLES
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
DISPATCH = may("dispatch")


@dataclass
class InZone:
    """Who is in a zone: verified ones are to be registered, registered ones wait for a vehicle."""

    zone: str
    verified: list[Case] = field(default_factory=list)
    registered: list[Case] = field(default_factory=list)


def zones(desk: Desk) -> dict[str, InZone]:
    """Everybody who waits tonight, by zone, in the order of the hall."""
    found = {zone.zone: InZone(zone.zone) for zone in desk.point.zones}
    for day in desk.nights:
        for case in everybody(desk, day)[0]:
            here = found.setdefault(case.zone, InZone(case.zone))
            if case.linked_to is None and case.state == State.VERIFIED:
                here.verified.append(case)
            elif case.linked_to is None and case.state == State.REGISTERED and case.dispatch_id is None:
                here.registered.append(case)
    return found


@page(blueprint, "/console/waiting", access=DISPATCH)
def waiting(visit: Visit) -> Response:
    """The hall: zones with somebody in them first of all."""
    desk = Desk.of(visit)
    found = zones(desk)
    busy = [one for one in found.values() if one.verified or one.registered]
    return live(visit, desk.render("waiting", busy=busy, quiet=[one for one in found.values() if one not in busy]))


@page(blueprint, "/console/waiting/{zone}", access=DISPATCH)
def zone(visit: Visit, zone: str) -> Response:
    """One zone: register whoever arrives, choose whom the next vehicle takes."""
    return show_zone(Desk.of(visit), zone)


def show_zone(desk: Desk, zone: str, status: int = 200, problems: dict[str, str] | None = None) -> Response:
    """The page; after a refused vehicle with what was typed, and what was wrong with it."""
    desk.visit.path = f"/console/waiting/{quote(zone)}"  # Also where a refused vehicle is shown again.
    here = zones(desk).get(zone)
    if here is None:
        raise NotFound("zone")
    form = desk.visit.form
    asked = desk.visit.query.get("district", "")
    parties = in_parties(case for case in here.registered if asked in ("", case.district))
    return desk.render(
        "zone", status, here=here, verified=in_parties(here.verified), parties=parties, asked=asked,
        tally=Counter(case.district for case in here.registered), chosen=frozenset(form.all("traveller")),
        district=form.text("district") or asked or _likely(desk, here), vehicles=VEHICLES,
        key=form.text("key") or tokens.new_id(), problems=problems or {},
    )  # fmt: skip


def _likely(desk: Desk, here: InZone) -> str:
    """The district that most of them go to; for those without one, where most of them said they stay."""
    known = desk.ports.places.districts()
    going = [
        one.district if one.district in known else one.answers.get("destination_district") for one in here.registered
    ]
    counted = Counter(str(district) for district in going if district in known)
    return counted.most_common(1)[0][0] if counted else ""
