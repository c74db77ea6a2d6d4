"""What became of a text whose sender died or got no answer: its provider is asked, and nothing is sent meanwhile."""

from chalicelib.actions.carriers import Provider
from chalicelib.actions.ports import Ports, View
from chalicelib.actions.record_outcome import record
from chalicelib.actions.switchboard import Switchboard
from chalicelib.actions.whole_view import every
from chalicelib.domain.calendar import local_date
from chalicelib.domain.failures import Accepted, NobodyToAsk, PermanentFailure, TemporaryFailure, Unknown
from chalicelib.domain.messages import Message, MessageState, again, sent, unasked, unknown
from chalicelib.domain.receipts import receipted


def settle_message(ports: Ports, board: Switchboard, message: Message) -> str:
    """A lease that ran out, or a send without an answer, once it is due: the state afterwards."""
    now = ports.clock()
    if message.state == MessageState.SENDING:
        return record(ports, unknown(message, "lease_expired", now))
    provider = board.provider(message.provider)
    if provider is None:
        return record(ports, unknown(message, "line_gone", now), message.state)
    try:
        found = _found(ports, provider, message)
    except NobodyToAsk as nobody:
        return record(ports, unasked(message, nobody.patience, now), message.state)
    except (PermanentFailure, TemporaryFailure, Unknown) as silence:
        return record(ports, unknown(message, silence.code, now), message.state)
    if found is None:
        return record(ports, again(message, "not_found", now), message.state)
    told = receipted(message, found.status, found.sid, found.code, now)
    return record(ports, told or sent(message, provider.name, found.sid, now), message.state)


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
    views = (View(Message, "by_day", f"{message.point}#{day}") for day in sorted({message.day, today}))
    return [other for view in views for other in every(ports.store, view) if _reads_like(other, message)]


def _reads_like(other: Message, message: Message) -> bool:
    same = (other.personal.to, other.personal.body) == (message.personal.to, message.personal.body)
    return same and other.message_id != message.message_id
