"""What a vehicle's people are told: that they left, and, when its plan changes, what is different now."""

from dataclasses import replace

from chalicelib.actions.correct_texts import Told, corrections
from chalicelib.actions.ports import Change, Ports
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.notices import Notice, to_family_and_traveller
from chalicelib.domain.places import Point


def departure_notices(case: Case, dispatch: Dispatch, number: int = 0) -> tuple[Notice, ...]:
    """The texts of a departure: one for each family contact and party, named after its first member aboard.

    ``number`` is the change of plan with which they are told anew.
    """
    aboard = dispatch.companions_aboard(case.case_id)
    if not aboard or aboard[0] != case.case_id:
        return ()
    told = replace(case, district=dispatch.district)
    key = _party(case, dispatch).key("dispatched", number)
    return to_family_and_traveller(told, "dispatched", key, others=len(aboard) - 1)


def corrected_plan(ports: Ports, point: Point, case: Case, dispatch: Dispatch) -> list[Change]:
    """The corrections for a party whose vehicle has another plan; one of them owes these for all."""
    anew = departure_notices(case, dispatch, dispatch.plan)
    if not anew:
        return []
    party = _party(case, dispatch)
    changed = to_family_and_traveller(
        replace(case, district=dispatch.district), "plan_changed", party.key("plan_changed", dispatch.plan),
        others=int(anew[0].variables["others"]),
    )  # fmt: skip
    return corrections(ports, point, case.sealed_with, replace(party, number=dispatch.plan), changed, anew)


def corrected_party(
    ports: Ports, point: Point, leaver: Case, rest: Case | None, before: Dispatch, after: Dispatch
) -> list[Change]:
    """The corrections about somebody who left the vehicle ``before``; ``rest`` leads those of the party who ride on.

    Who has been told hears of the one who left; who has not is told of the others alone.
    """
    party = replace(_party(leaver, before), number=after.changes)
    changed = to_family_and_traveller(leaver, "plan_changed", party.key("plan_changed", after.changes))
    anew = departure_notices(rest, after, after.changes) if rest else ()
    return corrections(ports, point, leaver.sealed_with, party, changed, anew)


def _party(case: Case, dispatch: Dispatch) -> Told:
    departed = dispatch.departed_at or dispatch.opened_at
    return Told(f"{dispatch.dispatch_id}#{case.party_id}", dispatch.changes, departed)
