"""A message: one text to one person about one event, and the only order in which its state may move."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib.domain.identifiers import derived_id


class MessageState(StrEnum):
    """owed -> sending -> sent -> delivered; the rest are other ends, and `unknown` is a question."""

    OWED = "owed"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


M = MessageState
RANK: Mapping[MessageState, int] = {
    M.OWED: 0, M.SENDING: 1, M.UNKNOWN: 1, M.SENT: 2, M.UNDELIVERED: 3, M.FAILED: 3, M.DELIVERED: 4, M.CANCELLED: 5,
}  # fmt: skip
"""A receipt may only raise the rank: no order or number of callbacks moves a state back."""

BACKOFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15),
           timedelta(minutes=30), timedelta(hours=1))  # fmt: skip
END_OF_USE = {"dispatched": timedelta(hours=4), "plan_changed": timedelta(hours=4)}
DEFAULT_END_OF_USE = timedelta(hours=24)
LEASE = timedelta(seconds=60)
"""Longer than a send can take (10 s of time limits), shorter than the patience of a family."""
SETTLE_AFTER = timedelta(minutes=2)
"""How long an unknown waits for the callback that carries its id, before the provider is asked."""

HELD_FOR = timedelta(minutes=10)
"""How long a text waits before it is looked at again whether it may go."""

EVENTS = ("dispatched", "plan_changed", "quarantine_started", "date_changed", "quarantine_ended", "unacknowledged")
NEVER_QUIET = frozenset({"dispatched", "plan_changed"})


@dataclass(frozen=True)
class Addressed:
    """The personal part: number in E.164, the name it is for, and the text as it goes out."""

    to: str
    name: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """One row, one text. ``code`` is the provider's last failure; ``lease`` belongs to the worker that sends.

    ``replaced`` are the provider's ids of sends that an officer repeated, ``-`` where there was none.
    """

    message_id: str
    event: str
    audience: str
    language: str
    point: str
    day: date
    created_at: datetime
    due_at: datetime | None
    sealed_with: str
    traveller_id: str | None = None
    dispatch_id: str | None = None
    state: MessageState = MessageState.OWED
    segments: int
    attempts: int = 0
    lease: str = ""
    provider: str = ""
    sid: str = ""
    replaced: tuple[str, ...] = ()
    code: str = ""
    drill: bool = False
    times: Mapping[str, datetime] = field(default_factory=dict)
    personal: Addressed
    version: int = 0


def message_id(event_key: str, to: str, template: str) -> str:
    """One identity from event, recipient and template: owing it twice writes one row."""
    return derived_id("message", event_key, to, template, length=20)


def _at(message: Message, state: MessageState, now: datetime, due_at: datetime | None, **changes: object) -> Message:
    times = {**message.times, state.value: now}
    return replace(message, state=state, due_at=due_at, times=times, **changes)  # type: ignore[arg-type]


def claimed(message: Message, lease: str, now: datetime) -> Message | None:
    """The row as the claiming worker writes it, or None when it is not to be sent now."""
    if message.state != M.OWED or message.due_at is None or message.due_at > now:
        return None
    return _at(message, M.SENDING, now, now + LEASE, lease=lease, attempts=message.attempts + 1)


def sent(message: Message, provider: str, sid: str, now: datetime) -> Message:
    """The provider has it."""
    return _at(message, M.SENT, now, None, provider=provider, sid=sid, lease="")


def failed(message: Message, code: str, now: datetime) -> Message:
    """It will never go: somebody has to call instead."""
    return _at(message, M.FAILED, now, None, code=code, lease="")


def unknown(message: Message, code: str, now: datetime) -> Message:
    """It may have gone: never resent blindly, settled by callback or by asking.

    Once the event is of no more use there is nothing to ask for: somebody calls instead.
    """
    if now > message.created_at + END_OF_USE.get(message.event, DEFAULT_END_OF_USE):
        return failed(message, code, now)
    return _at(message, M.UNKNOWN, now, now + SETTLE_AFTER, code=code, lease="")


def cancelled(message: Message, now: datetime) -> Message | None:
    """Taken back before it was sent, or None when it is too late for that."""
    return _at(message, M.CANCELLED, now, None, lease="") if message.state == M.OWED else None


def held_back(message: Message, code: str, now: datetime) -> Message:
    """Not to be sent for the time being: owed for later, or failed once the event is of no more use."""
    due = now + HELD_FOR
    if due > message.created_at + END_OF_USE.get(message.event, DEFAULT_END_OF_USE):
        return failed(message, code, now)
    return _at(message, M.OWED, now, due, code=code, lease="")


def unsent(message: Message, code: str, now: datetime) -> Message:
    """A text that is written down and never sent: whoever looks sees it, and why."""
    return _at(message, M.CANCELLED, now, None, code=code, lease="")


def again(message: Message, code: str, now: datetime) -> Message:
    """Owed again after the backoff, or failed once the event is of no more use."""
    due = now + BACKOFF[min(max(message.attempts - 1, 0), len(BACKOFF) - 1)]
    if due > message.created_at + END_OF_USE.get(message.event, DEFAULT_END_OF_USE):
        return failed(message, code, now)
    return _at(message, M.OWED, now, due, code=code, lease="")


PROVIDER_STATES: Mapping[str, MessageState] = {
    "accepted": M.SENT, "scheduled": M.SENT, "queued": M.SENT, "sending": M.SENT, "sent": M.SENT,
    "delivered": M.DELIVERED, "read": M.DELIVERED, "undelivered": M.UNDELIVERED, "failed": M.FAILED,
    "canceled": M.FAILED,
}  # fmt: skip


def receipted(message: Message, status: str, sid: str, code: str, now: datetime) -> Message | None:
    """The row after a provider's callback, or None when the callback tells nothing new."""
    state = PROVIDER_STATES.get(status)
    if state is None or RANK[state] <= RANK[message.state]:
        return None
    if sid in message.replaced and state != M.DELIVERED:
        return None  # About a send that was repeated since: its failure is known, and says nothing of this one.
    return _at(message, state, now, None, sid=sid or message.sid, code=code or message.code, lease="")
