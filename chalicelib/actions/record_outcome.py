"""The outcome of a send: written once, with the call that somebody makes when no text will arrive."""

import math

from chalicelib.actions.calls import call_instead
from chalicelib.actions.counting_spent import note_spent
from chalicelib.actions.opt_out import opted_out
from chalicelib.actions.ports import Owe, Ports, Save
from chalicelib.domain.errors import Stale
from chalicelib.domain.messages import Message, MessageState, failed, sent_after_all, was_given_up
from chalicelib.domain.spending import texts_paid

TRIES = 3
LONGEST_DELAY = 900
"""Seconds: what is due later is the sweep's."""


def record(ports: Ports, message: Message, before: MessageState = MessageState.SENDING) -> str:
    """The state when it was written, and ``""`` otherwise: a callback that was faster knows better.

    ``before`` decides whether it is counted as spent.
    """
    if message.state == MessageState.OWED and opted_out(ports, message.personal.to):
        message = failed(message, "opted_out", ports.clock())
    task = call_instead(ports, message) if was_given_up(message) else []
    if not written(ports, message, *task):
        return ""
    note_spent(ports, message, texts_paid(before, message.state))
    come_again(ports, message)
    return message.state


def record_sent(ports: Ports, message: Message) -> str:
    """Like ``record``, for a text that a provider took; who was overtaken says so all the same."""
    if written(ports, message):
        note_spent(ports, message, 1)
        return message.state
    for _ in range(TRIES):
        standing = ports.store.get(Message, message.message_id)
        late = sent_after_all(standing, message.provider, message.sid, ports.clock())
        if late is None:
            return ""
        if written(ports, late):
            return late.state
    return ""


def written(ports: Ports, message: Message, *others: Owe) -> bool:
    """Whether the row was still as it had been read."""
    try:
        ports.store.commit([Save(message), *others])
    except Stale:
        return False
    return True


def come_again(ports: Ports, message: Message) -> None:
    """A word on the queue for when it is due, so that nobody waits for the sweep besides."""
    if message.due_at is None:
        return
    seconds = math.ceil((message.due_at - ports.clock()).total_seconds())
    if seconds <= LONGEST_DELAY:
        ports.queue.nudge("message", message.message_id, max(seconds, 0))
