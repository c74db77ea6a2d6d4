"""Verbs of persons and programs that owe many texts ask back first; jobs do not, for there is nobody to ask."""

from collections.abc import Iterable

from chalicelib.actions.dispatchwork import DispatchWork
from chalicelib.actions.owing import check_confirmed, owed
from chalicelib.actions.ports import Change
from chalicelib.actions.vehicle_texts import departure_notices
from chalicelib.domain.case import Case

TEXTS_EACH = 3
"""A traveller's own and two family contacts': what a rider owes at the most."""


def check_fan_out(work: DispatchWork, direct: Iterable[Change]) -> None:
    """Raise Unconfirmed when a vehicle's ``direct`` texts and those of its fan-out are too many to go unasked.

    The riders are read only where they could be: an ordinary vehicle never is.
    """
    ports, dispatch, point, changes = work.ports, work.dispatch, work.point, list(direct)
    if ports.confirmed or len(dispatch.boarded) * TEXTS_EACH + len(changes) <= point.confirm_above:
        return
    cases = ports.store.many(Case, [(case_id,) for case_id in dispatch.boarded]).values()
    for case in cases:
        notices = departure_notices(case, dispatch, dispatch.changes)
        changes += owed(ports, point, notices, case.sealed_with, ports.clock())
    check_confirmed(ports, point, changes)
