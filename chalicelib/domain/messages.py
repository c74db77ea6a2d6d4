"""A message: one text to one person about one event, and the only order in which its state may move."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.message_moves import RANK as RANK
from chalicelib.domain.message_moves import MessageState as MessageState
from chalicelib.domain.message_moves import check_move

M = MessageState

BACKOFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15),
           timedelta(minutes=30), timedelta(hours=1))  # fmt: skip
TEST = "test"
"""The event of a text that an officer sends to their own phone: it tells of nothing, and nobody calls instead."""
ANSWERS = frozenset({"acknowledged", "awaited", "unknown_code", "help"})
"""What a text of theirs is answered: at once or not at all, and nobody calls when it does not arrive."""
END_OF_USE = {"dispatched": timedelta(hours=4), "plan_changed": timedelta(hours=4), TEST: timedelta(hours=1),
              **dict.fromkeys(sorted(ANSWERS), timedelta(hours=1))}  # fmt: skip
DEFAULT_END_OF_USE = timedelta(hours=24)
LEASE = timedelta(seconds=60)
"""Longer than a send can take, shorter than the patience of a family."""
SENDING_TAKES = timedelta(seconds=10)
"""The provider client's time limits together: a send that begins later may outlive its lease."""
SETTLE_AFTER = timedelta(minutes=2)
"""How long an unknown waits for the callback that carries its id, before the provider is asked."""
LATER_TRIES = 3
"""Sends that a phone may miss, being off or away, before somebody calls instead."""

EVENTS = ("dispatched", "plan_changed", "quarantine_started", "date_changed", "quarantine_ended", "unacknowledged")
NEVER_QUIET = frozenset({"dispatched", "plan_changed"}) | ANSWERS
ON_DUTY = frozenset({"district", "coordinator"})
"""Who is texted at any hour: field.md, officers and contacts on duty."""


@dataclass(frozen=True)
class Content:
    """A template registered with the provider: its id there, and what its placeholders are filled with."""

    sid: str
    variables: Mapping[str, str]


@dataclass(frozen=True)
class Addressed:
    """The personal part: number in E.164, the name it is for, and the text as it goes out.

    ``content`` is the registered template that the provider makes the same text of.
    """

    to: str
    name: str
    body: str
    content: Content | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """One row, one text. ``code`` is the provider's last failure; ``lease`` belongs to the worker that sends.

    ``replaced`` are the provider's ids of sends that were repeated, ``-`` where there was none; ``blind`` counts those
    repeated without anybody to ask whether the first had gone.
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
    blind: int = 0
    code: str = ""
    drill: bool = False
    times: Mapping[str, datetime] = field(default_factory=dict)
    personal: Addressed
    version: int = 0


def message_id(event_key: str, to: str, template: str) -> str:
    """One identity from event, recipient and template: owing it twice writes one row."""
    return derived_id("message", event_key, to, template, length=20)


def reached(
    message: Message, verb: str, state: MessageState, now: datetime, due_at: datetime | None, **changes: object
) -> Message:
    """The row after a move, with when there is more to do about it; raises NoSuchMove unless the table has it."""
    check_move(verb, message.state, state)
    times = {**message.times, state.value: now}
    return replace(message, state=state, due_at=due_at, times=times, **changes)  # type: ignore[arg-type]


def is_waiting(message: Message) -> bool:
    """Whether a send is still to come: owed, or to be repeated because a phone missed it."""
    return message.due_at is not None and message.state in (M.OWED, M.UNDELIVERED, M.FAILED)


def is_over(message: Message, now: datetime) -> bool:
    """Whether its event is of no more use as a text."""
    return now > end_of_use(message)


def end_of_use(message: Message) -> datetime:
    """Until when its event is news that a text may tell."""
    return message.created_at + END_OF_USE.get(message.event, DEFAULT_END_OF_USE)


def claimed(message: Message, lease: str, now: datetime, provider: str = "") -> Message | None:
    """The row as the worker writes it that sends by ``provider``, or None when it is not to be sent now."""
    if not is_waiting(message) or message.due_at is None or message.due_at > now:
        return None
    mine = reached(
        message, "claim", M.SENDING, now, now + LEASE, lease=lease, attempts=message.attempts + 1, provider=provider
    )
    if message.state == M.OWED:
        return mine
    return replace(mine, sid="", replaced=(*message.replaced, message.sid or "-"))


def put_off(message: Message, until: datetime, now: datetime) -> Message:
    """Owed at a later time without a try, because nothing goes by its lines; failed once that is of no more use."""
    if is_over(message, now):
        return failed(message, message.code or "held", now)
    return replace(message, due_at=min(until, end_of_use(message) + timedelta(seconds=1)))


def held_back(message: Message, code: str, until: datetime, now: datetime) -> Message:
    """Owed again after a fault that is ours: the try does not count, and ends only with the event's use."""
    if is_over(message, now):
        return failed(message, code, now)
    return reached(message, "hold", M.OWED, now, until, code=code, lease="", attempts=message.attempts - 1)


def in_time(mine: Message, now: datetime) -> bool:
    """Whether a send that begins now ends within its claim: who dawdled leaves it to whoever asks what became of it."""
    return mine.due_at is not None and now + SENDING_TAKES <= mine.due_at


def sent(message: Message, provider: str, sid: str, now: datetime) -> Message:
    """The provider has it."""
    return reached(message, "accept", M.SENT, now, None, provider=provider, sid=sid, lease="")


def sent_after_all(message: Message, provider: str, sid: str, now: datetime) -> Message | None:
    """The row of a text that was taken while its sender was overtaken, or None where as much is known already.

    It was given up as unknown, or a callback about an earlier send of it, which nobody had found, came in between.
    """
    if sid in (message.sid, *message.replaced):
        return None
    if message.state in (M.OWED, M.UNKNOWN):
        return sent(message, provider, sid, now)
    if message.state in (M.UNDELIVERED, M.FAILED) and message.sid:
        return replace(sent(message, provider, sid, now), replaced=(*message.replaced, message.sid))
    return None


def was_given_up(message: Message) -> bool:
    """Whether no send of it is to come and none has arrived: somebody has to call instead."""
    return message.state in (M.UNDELIVERED, M.FAILED) and message.due_at is None


def failed(message: Message, code: str, now: datetime) -> Message:
    """It will never go: somebody has to call instead."""
    return reached(message, "give up", M.FAILED, now, None, code=code, lease="")


def unknown(message: Message, code: str, now: datetime) -> Message:
    """It may have gone: never resent blindly, settled by callback or by asking.

    Once the event is of no more use there is nothing to ask for: somebody calls instead.
    """
    if is_over(message, now):
        return failed(message, code, now)
    return reached(message, "lose", M.UNKNOWN, now, now + SETTLE_AFTER, code=code, lease="")


def unasked(message: Message, patience: timedelta, now: datetime) -> Message:
    """An unknown at a provider that nobody can ask: time settles it.

    It is left alone for ``patience`` from its sending on, then sent once more; the second silence is somebody's call.
    """
    until = message.times.get(M.SENDING, message.created_at) + patience
    if is_over(message, now) or (message.blind and now >= until):
        return failed(message, "nobody_to_ask", now)
    if now < until:
        return replace(message, due_at=until)
    return replace(again(message, "nobody_to_ask", now), blind=message.blind + 1)


def cancelled(message: Message, now: datetime) -> Message | None:
    """Taken back before it is sent, or sent again; None when it is too late for that."""
    return reached(message, "take back", M.CANCELLED, now, None, lease="") if is_waiting(message) else None


def kept_back(message: Message, code: str, until: datetime, now: datetime) -> Message:
    """Not to be sent before ``until``, for a reason of ours; failed when that is after its event's use."""
    if until > end_of_use(message):
        return failed(message, code, now)
    return reached(message, "hold", M.OWED, now, until, code=code, lease="")


def unsent(message: Message, code: str, now: datetime) -> Message:
    """A text that is written down and never sent: whoever looks sees it, and why."""
    return reached(message, "take back", M.CANCELLED, now, None, code=code, lease="")


def again(message: Message, code: str, now: datetime) -> Message:
    """Owed again after the backoff, or failed once the event is of no more use."""
    due = now + backoff(message)
    if due > end_of_use(message):
        return failed(message, code, now)
    return reached(message, "try later", M.OWED, now, due, code=code, lease="")


def owed_again(message: Message, now: datetime) -> Message:
    """As if it were owed now: an officer has put right what was wrong, or wants it tried once more."""
    return reached(
        message, "resend", M.OWED, now, now, created_at=now, attempts=0, blind=0, code="", sid="", lease="",
        replaced=(*message.replaced, message.sid or "-"),
    )  # fmt: skip


def backoff(message: Message) -> timedelta:
    """How long to wait before the next try."""
    return BACKOFF[min(max(message.attempts - 1, 0), len(BACKOFF) - 1)]
