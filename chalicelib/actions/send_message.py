"""Sending: claim with a lease, send only what is still owed, write the outcome by its kind."""

import secrets
from collections.abc import Container
from datetime import datetime
from typing import Protocol

from chalicelib.actions.counting_spent import counted, wait_for_ceiling
from chalicelib.actions.owing import call_again
from chalicelib.actions.ports import Add, Owe, Ports, Save, View
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import Stale
from chalicelib.domain.failures import PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import Message, MessageState, again, claimed, failed, receipted, sent, unknown
from chalicelib.domain.spending import texts_paid

PAGE = 100


class Accepted(Protocol):
    """A provider's receipt: its own id, and its word for the state."""

    @property
    def sid(self) -> str: ...

    @property
    def status(self) -> str: ...


class Provider(Protocol):
    """Who carries text messages. ``send`` raises a kind of failure; ``find`` asks whether it was sent after all."""

    name: str

    def send(self, message_id: str, to: str, body: str) -> Accepted: ...

    def find(
        self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()
    ) -> Accepted | None: ...


def send_message(ports: Ports, provider: Provider, message_id: str) -> str:
    """The message's state afterwards, or ``""`` when it is not this worker's to deal with."""
    message = ports.store.find(Message, message_id)
    if message is None:
        return ""
    if message.state in (MessageState.SENDING, MessageState.UNKNOWN):
        return _settle(ports, provider, message)
    if claimed(message, "", ports.clock()) and (waits := wait_for_ceiling(ports, message)) is not None:
        return waits
    mine = claimed(message, secrets.token_hex(8), ports.clock())
    if mine is None or not _written(ports, mine):
        return ""
    claim = ports.store.get(Message, message_id)
    return _send(ports, provider, claim) if claim.lease == mine.lease else ""


def _send(ports: Ports, provider: Provider, message: Message) -> str:
    try:
        accepted = provider.send(message.message_id, message.personal.to, message.personal.body)
    except PermanentFailure as refused:
        return _record(ports, failed(message, refused.code, ports.clock()))
    except TemporaryFailure as passing:
        return _record(ports, again(message, passing.code, ports.clock()))
    except Unknown as silence:
        return _record(ports, unknown(message, silence.code, ports.clock()))
    return _record(ports, sent(message, provider.name, accepted.sid, ports.clock()))


def _record(ports: Ports, message: Message, before: MessageState = MessageState.SENDING) -> str:
    """Write an outcome; a callback that was faster knows better, and its word stands."""
    task = [Owe(call_again(ports, message))] if message.state == MessageState.FAILED else []
    figures = counted(ports, message, texts_paid(before, message.state))
    return message.state if _written(ports, message, *task, *figures) else ""


def _written(ports: Ports, message: Message, *others: Owe | Add) -> bool:
    try:
        ports.store.commit([Save(message), *others])
    except Stale:
        return False
    return True


def _settle(ports: Ports, provider: Provider, message: Message) -> str:
    """A lease that ran out, or a send without an answer: it may have gone, so the provider is asked first."""
    now = ports.clock()
    if message.due_at is None or message.due_at > now:
        return ""
    if message.state == MessageState.SENDING:
        return _record(ports, unknown(message, "lease_expired", now))
    try:
        found = _found(ports, provider, message)
    except (PermanentFailure, TemporaryFailure, Unknown) as silence:
        return _record(ports, unknown(message, silence.code, now), message.state)
    if found is None:
        return _record(ports, again(message, "not_found", now), message.state)
    told = receipted(message, found.status, found.sid, "", now)
    return _record(ports, told or sent(message, provider.name, found.sid, now), message.state)


def _found(ports: Ports, provider: Provider, message: Message) -> Accepted | None:
    """What the provider took of it since it was sent; raises what ``find`` raises, and Unknown to be asked later.

    Texts to one phone may read the same: brothers, or thirty workers whose contact is their company. So a text that is
    another row's is not this one's; and while it is open whose one is, only the first of several may take it.
    """
    since, text = message.times.get(MessageState.SENDING, message.created_at), message.personal
    found = provider.find(message.message_id, text.to, text.body, since)
    if found is None:
        return None
    alike = _alike(ports, message)
    if any(_goes_first(other, message) for other in alike):
        raise Unknown("another goes first")
    taken = {sid for other in alike for sid in (other.sid, *other.replaced) if sid} | set(message.replaced)
    if found.sid not in taken:
        return found
    return provider.find(message.message_id, text.to, text.body, since, taken)


def _goes_first(other: Message, message: Message) -> bool:
    asked_first = other.state == MessageState.UNKNOWN and other.message_id < message.message_id
    return asked_first or other.state == MessageState.SENDING


def _alike(ports: Ports, message: Message) -> list[Message]:
    """Other rows with this text to this number, of the day it was owed and of today: numbers are sealed, so days are
    read. That is a page for each hundred messages, and only for a send without an answer that left a text."""
    today = local_date(ports.clock(), ports.places.point(message.point).time_zone)
    found: list[Message] = []
    for day in sorted({message.day, today}):
        view, cursor = View(Message, "by_day", f"{message.point}#{day}"), None
        while True:
            page = ports.store.page(view, PAGE, cursor)
            found += [other for other in page.items if _reads_like(other, message)]
            cursor = page.cursor
            if cursor is None:
                break
    return found


def _reads_like(other: Message, message: Message) -> bool:
    same = (other.personal.to, other.personal.body) == (message.personal.to, message.personal.body)
    return same and other.message_id != message.message_id
