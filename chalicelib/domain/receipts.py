"""What a provider's callback makes of a message: late, twice, in the wrong order, it never moves its state back."""

from datetime import datetime

from chalicelib.domain.failures import Kind, kind_of
from chalicelib.domain.message_moves import PROVIDER_STATES, RANK
from chalicelib.domain.message_moves import MessageState as M
from chalicelib.domain.messages import LATER_TRIES, Message, backoff, end_of_use, reached


def receipted(message: Message, status: str, sid: str, code: str, now: datetime) -> Message | None:
    """The row after a provider's callback, or None when the callback tells nothing new."""
    state = PROVIDER_STATES.get(status)
    if state is None or RANK[state] <= RANK[message.state]:
        return None
    if state != M.DELIVERED and _is_about_another_send(message, sid):
        return None
    due = _next_try(message, code, now) if state in (M.UNDELIVERED, M.FAILED) else None
    return reached(message, "callback", state, now, due, sid=sid or message.sid, code=code or message.code, lease="")


def _is_about_another_send(message: Message, sid: str) -> bool:
    """Its failure says nothing of the send that counts now: one that was repeated since, or one that nobody found."""
    was_lost = M.UNKNOWN in message.times and bool(sid and message.sid)
    return sid in message.replaced or (was_lost and sid != message.sid)


def _next_try(message: Message, code: str, now: datetime) -> datetime | None:
    """When a text is sent again whose phone was off or away; None when that is pointless, or has been tried enough."""
    due = now + backoff(message)
    worth = kind_of(code) is Kind.LATER and message.attempts < LATER_TRIES
    return due if worth and due <= end_of_use(message) else None
