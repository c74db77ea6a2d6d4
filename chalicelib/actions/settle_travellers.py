"""The fan-out of a departed or acknowledged vehicle: each traveller in a transaction of their own, once."""

from chalicelib.actions.casework import SYSTEM, CaseWork
from chalicelib.actions.escalate_handover import close_alarms
from chalicelib.actions.ports import Ports, Remove
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.errors import Stale, Unavailable
from chalicelib.domain.settle import steps_owed
from chalicelib.domain.work import FanOut

TRIES = 4
"""Times that a traveller whom somebody else works on is read again."""


def settle_travellers(ports: Ports, dispatch_id: str, stage: str) -> int:
    """How many travellers were brought level; may be killed at any point and started again.

    One who cannot be settled holds up nobody: the others are, the row stays owed, and the first fault is raised.
    """
    fan_out = ports.store.find(FanOut, dispatch_id, stage)
    if fan_out is None:
        return 0
    dispatch = ports.store.find(Dispatch, dispatch_id)
    if dispatch is None:
        # The key of its day is gone: who rode can never be read again, and asking every minute helps nobody.
        ports.store.commit([Remove(fan_out)])
        return 0
    keys = [(passenger.case_id,) for passenger in dispatch.roster]
    cases = ports.store.many(Case, keys)
    faults: list[Exception] = []
    count = sum(_settled(ports, cases.get(key), dispatch, faults) for key in keys)
    if faults:
        raise faults[0]
    if stage == DispatchState.ACKNOWLEDGED:
        close_alarms(ports, dispatch)
    ports.store.commit([Remove(fan_out)])
    return count


def _settled(ports: Ports, case: Case | None, dispatch: Dispatch, faults: list[Exception]) -> bool:
    try:
        return settle_one(ports, case, dispatch)
    except Unavailable:
        raise
    except Exception as fault:
        faults.append(fault)
        return False


def settle_one(ports: Ports, case: Case | None, dispatch: Dispatch) -> bool:
    """Whether a traveller was behind their vehicle, and is level with it now; raises Stale."""
    for _ in range(TRIES):
        if case is None or not steps_owed(case, dispatch):
            return False
        try:
            CaseWork(ports, case, dispatch, SYSTEM).commit()
            return True
        except Stale:
            case = ports.store.find(Case, case.case_id)
    raise Stale
