"""The life of a message: its states, and the one table of moves between them that every change of a row consults."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


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
PROVIDER_STATES: Mapping[str, MessageState] = {
    "accepted": M.SENT, "scheduled": M.SENT, "queued": M.SENT, "sending": M.SENT, "sent": M.SENT,
    "delivered": M.DELIVERED, "read": M.DELIVERED, "undelivered": M.UNDELIVERED, "failed": M.FAILED,
    "canceled": M.FAILED,
}  # fmt: skip

_WAITING = (M.OWED, M.UNDELIVERED, M.FAILED)
"""A send is still to come: the last two where a phone missed it and it is to be repeated."""
_GONE = (M.SENDING, M.UNKNOWN)


def _all(sources: Iterable[MessageState], target: MessageState) -> Mapping[MessageState, frozenset[MessageState]]:
    return {source: frozenset({target}) for source in sources}


def _told(source: MessageState) -> frozenset[MessageState]:
    return frozenset(state for state in PROVIDER_STATES.values() if RANK[state] > RANK[source])


MOVES: Mapping[str, Mapping[MessageState, frozenset[MessageState]]] = {
    "claim": _all(_WAITING, M.SENDING),
    "accept": _all((*_GONE, *_WAITING), M.SENT),
    "lose": _all(_GONE, M.UNKNOWN),
    "try later": _all(_GONE, M.OWED),
    "hold": _all((M.SENDING, *_WAITING), M.OWED),
    "give up": _all((*_GONE, *_WAITING), M.FAILED),
    "take back": _all(_WAITING, M.CANCELLED),
    "resend": _all((M.UNDELIVERED, M.FAILED), M.OWED),
    "callback": {state: _told(state) for state in M if _told(state)},
}  # fmt: skip
"""verb -> state -> states that it leads to. ``accept`` comes late to who was overtaken; ``lose`` is no answer."""


class NoSuchMove(Exception):
    """A move that the table does not have: a fault of ours, and the row stays as it is."""


def check_move(verb: str, before: MessageState, after: MessageState) -> None:
    """Raise NoSuchMove unless the table has it."""
    if after not in MOVES[verb].get(before, frozenset()):
        raise NoSuchMove(f"{verb}: {before} -> {after}")
