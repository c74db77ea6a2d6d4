"""A hand-over until it is acknowledged: the code that a district answers with, and who is told when it does not.

field.md, who is told what: a hand-over not acknowledged in time goes to the district's next contact, then to the
coordinator. The clock runs twice: from departure until somebody of the district says that they know, and from arrival
until they say that they have their people (docs/decisions).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.identifiers import derived_digits

CODE_LENGTH = 4
OPEN = (DispatchState.DEPARTED, DispatchState.ARRIVED)
"""States in which a code is waited for."""


class Step(StrEnum):
    """Who is told next: another contact, the coordinator, and at last that the vehicle itself is overdue."""

    NEXT_CONTACT = "next_contact"
    COORDINATOR = "coordinator"
    OVERDUE = "overdue"


AFTER: Mapping[Step, timedelta] = {
    Step.NEXT_CONTACT: timedelta(minutes=10), Step.COORDINATOR: timedelta(minutes=20), Step.OVERDUE: timedelta(hours=6),
}  # fmt: skip
"""Six hours: the longest drive from the airport to a district of Chongqing, with a rest."""
STEPS: Mapping[str, tuple[Step, ...]] = {
    DispatchState.DEPARTED: (Step.NEXT_CONTACT, Step.COORDINATOR, Step.OVERDUE),
    DispatchState.ARRIVED: (Step.NEXT_CONTACT, Step.COORDINATOR),
}


@dataclass(frozen=True, kw_only=True)
class HandoverCode:
    """A code among a district's hand-overs, and the vehicle that it means: no two that are open share one."""

    district: str
    code: str
    dispatch_id: str
    expires_at: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """What is due when nobody answers. ``stage`` is the dispatch's state in which it matters; ``told`` when, by step.

    ``answered_by`` said before arrival that the district knows; it is open, and names a district, never a person.
    """

    dispatch_id: str
    stage: str
    since: datetime
    step: Step | None
    due_at: datetime | None
    told: Mapping[str, datetime] = field(default_factory=dict)
    answered_at: datetime | None = None
    answered_by: str = ""
    version: int = 0


def code_of(secret: str) -> str:
    """The four digits that a secret of the dispatch always gives."""
    return derived_digits("hand-over", secret, length=CODE_LENGTH)


def begun(dispatch_id: str, stage: str, now: datetime) -> Escalation:
    """The clock of a stage, started."""
    first = STEPS[stage][0]
    return Escalation(dispatch_id=dispatch_id, stage=stage, since=now, step=first, due_at=now + AFTER[first])


def concerns(escalation: Escalation, dispatch: Dispatch) -> bool:
    """Whether it still matters: whatever moved the dispatch on has settled it."""
    return dispatch.state == escalation.stage


def climbed(escalation: Escalation, now: datetime) -> Escalation:
    """After its step was told: the next one falls due, counted from the beginning."""
    assert escalation.step is not None
    told = {**escalation.told, escalation.step.value: now}
    left = [step for step in STEPS[escalation.stage] if step.value not in told]
    return _waiting(replace(escalation, told=told), left[0] if left else None)


def answered(escalation: Escalation, by: str, now: datetime) -> Escalation:
    """The district knows that they come: nobody else is asked, unless the vehicle never arrives."""
    left = Step.OVERDUE if Step.OVERDUE.value not in escalation.told else None
    return _waiting(replace(escalation, answered_at=now, answered_by=by), left)


def settled(escalation: Escalation) -> Escalation:
    """Nothing is due any more."""
    return _waiting(escalation, None)


def _waiting(escalation: Escalation, step: Step | None) -> Escalation:
    return replace(escalation, step=step, due_at=escalation.since + AFTER[step] if step else None)
