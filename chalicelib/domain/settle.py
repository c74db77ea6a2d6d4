"""What a dispatch owes one traveller: a departure is one row, and each traveller's state is read through it."""

from dataclasses import dataclass, replace

from chalicelib.domain.case import Case, moved, without_seat
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.states import State

ON_THE_ROAD = (DispatchState.DEPARTED, DispatchState.ARRIVED, DispatchState.ACKNOWLEDGED)


@dataclass(frozen=True)
class Step:
    """One move that the dispatch decided and the traveller's row does not show yet."""

    verb: str
    case: Case


def steps_owed(case: Case, dispatch: Dispatch) -> tuple[Step, ...]:
    """The moves, oldest first, that bring ``case`` level with its ``dispatch``; empty when it is."""
    steps: list[Step] = []
    if case.dispatch_id != dispatch.dispatch_id:
        return ()
    if case.state == State.REGISTERED and dispatch.state in ON_THE_ROAD:
        if case.case_id not in dispatch.boarded:
            return (Step("left_behind", without_seat(case)),)
        case = _as_planned(moved(case, "depart"), dispatch)
        steps.append(Step("depart", case))
    if case.state == State.DISPATCHED and case.plan < dispatch.plan:
        case = _as_planned(moved(case, "change_plan"), dispatch)
        steps.append(Step("change_plan", case))
    handed_over = dispatch.state == DispatchState.ACKNOWLEDGED and case.case_id in dispatch.present
    if case.state == State.DISPATCHED and handed_over:
        steps.append(Step("acknowledge", moved(case, "acknowledge")))
    return tuple(steps)


def _as_planned(case: Case, dispatch: Dispatch) -> Case:
    return replace(case, district=dispatch.district, plan=dispatch.plan)


def settled(case: Case, dispatch: Dispatch | None) -> Case:
    """``case`` as everybody is to see it."""
    steps = steps_owed(case, dispatch) if dispatch else ()
    return steps[-1].case if steps else case
