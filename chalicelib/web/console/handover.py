"""What a vehicle's page tells of its hand-over: whether the district answered, who was told, and who is told next."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.actions.resend_message import list_messages
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.handover import STEPS, Escalation, Step, concerns
from chalicelib.domain.messages import ON_DUTY, Message
from chalicelib.web.console.desk import Desk

MOST = 100


@dataclass(frozen=True)
class Told:
    """A step that was taken because nobody answered."""

    step: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """``awaited_at``: when the district said that it knows. ``following`` is what is due at ``due_at``, unless it
    answers. ``messages`` are None for a desk that reads none."""

    awaited_at: datetime | None
    by_contact: bool
    told: tuple[Told, ...]
    following: Step | None
    due_at: datetime | None
    messages: tuple[Message, ...] | None


def answer_of(desk: Desk, dispatch: Dispatch) -> Answer:
    """How the district has answered so far."""
    stages = desk.ports.store.many(Escalation, [(dispatch.dispatch_id, stage) for stage in STEPS]).values()
    told = [Told(step, at) for row in stages for step, at in row.told.items()]
    current = next((row for row in stages if concerns(row, dispatch)), None)
    return Answer(
        awaited_at=next((row.answered_at for row in stages if row.answered_at), None),
        by_contact=dispatch.acknowledged_by.startswith("contact:"), told=tuple(sorted(told, key=lambda one: one.at)),
        following=current.step if current else None, due_at=current.due_at if current else None,
        messages=_messages(desk, dispatch),
    )  # fmt: skip


def _messages(desk: Desk, dispatch: Dispatch) -> tuple[Message, ...] | None:
    """Those to the district and to the coordinator; families have a page of their own."""
    if not desk.visit.may("read_messages"):
        return None
    listed = list_messages(desk.ports, desk.officer, desk.point, "", dispatch.dispatch_id, "", MOST, None).items
    mine = [message for message in listed if message.audience in ON_DUTY]
    return tuple(sorted(mine, key=lambda message: message.created_at))
