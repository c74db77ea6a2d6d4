"""One vehicle: who is on it, who boarded, when it left, who arrived, and who is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalice import Blueprint, Response

from chalicelib.actions.dispatchwork import check_sees_dispatch
from chalicelib.actions.stop_messages import vehicle_batch
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.work import BatchStop
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.handover import answer_of
from chalicelib.web.console.live import live
from chalicelib.web.console.people import by_id
from chalicelib.web.console.told import told
from chalicelib.web.console.words import PLAN_CHANGES
from chalicelib.web.page import page
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)


@dataclass(frozen=True)
class Rider:
    """A place on the roster; ``case`` is None for somebody whom this officer may not see."""

    case_id: str
    case: Case | None
    boarded: bool
    present: bool


@page(blueprint, "/console/dispatches/{dispatch_id}", access=may("read_dispatches"))
def dispatch(visit: Visit, dispatch_id: str) -> Response:
    """The vehicle as it is now."""
    desk = Desk.of(visit)
    known = desk.ports.store.get(Dispatch, dispatch_id)
    check_sees_dispatch(desk.officer, known)
    people = by_id(desk, (rider.case_id for rider in known.roster))
    parties = _parties(known, people)
    missing = [people[case_id] for case_id in known.missing if case_id in people]
    return live(visit, desk.render(
        "dispatch", dispatch=known, parties=parties, missing=missing, states=tuple(DispatchState),
        answer=answer_of(desk, known), plan_changes=tuple(PLAN_CHANGES), stop=_stop(desk, known),
        told=told(desk, known, people) if _may_read(desk, known) else (),
    ))  # fmt: skip


def _may_read(desk: Desk, known: Dispatch) -> bool:
    return known.state != DispatchState.BOARDING and desk.visit.may("read_messages")


def _stop(desk: Desk, known: Dispatch) -> BatchStop | None:
    return desk.ports.store.find(BatchStop, vehicle_batch(known.dispatch_id).key) if known.stopped else None


def _parties(known: Dispatch, people: Mapping[str, Case]) -> list[list[Rider]]:
    parties: dict[str, list[Rider]] = {}
    for one in known.roster:
        case = people.get(one.case_id)
        rider = Rider(one.case_id, case, one.case_id in known.boarded, one.case_id in known.present)
        parties.setdefault(one.party_id, []).append(rider)
    return list(parties.values())
