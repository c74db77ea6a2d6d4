"""The fan-out of a departed or acknowledged vehicle: each traveller in a transaction of their own, once."""

from chalicelib.actions.casework import SYSTEM, CaseWork
from chalicelib.actions.ports import Ports, Remove
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import Stale
from chalicelib.domain.settle import steps_owed
from chalicelib.domain.work import FanOut

TRIES = 4
"""Times that a traveller whom somebody else works on is read again."""


def settle_travellers(ports: Ports, dispatch_id: str, stage: str) -> int:
    """How many travellers were brought level; may be killed at any point and started again."""
    fan_out = ports.store.find(FanOut, dispatch_id, stage)
    if fan_out is None:
        return 0
    dispatch = ports.store.get(Dispatch, dispatch_id)
    keys = [(passenger.case_id,) for passenger in dispatch.roster]
    cases = ports.store.many(Case, keys)
    count = sum(_settle_one(ports, cases.get(key), dispatch) for key in keys)
    ports.store.commit([Remove(fan_out)])
    return count


def _settle_one(ports: Ports, case: Case | None, dispatch: Dispatch) -> bool:
    for _ in range(TRIES):
        if case is None or not steps_owed(case, dispatch):
            return False
        try:
            CaseWork(ports, case, dispatch, SYSTEM).commit()
            return True
        except Stale:
            case = ports.store.find(Case, case.case_id)
    raise Stale
