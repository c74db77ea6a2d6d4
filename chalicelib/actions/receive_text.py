"""A text from a phone: a code acknowledges, a stop is remembered, the rest lands on a desk. Once, if often told."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.actions.acknowledge_by_code import (
    Handover,
    acknowledged_by_contact,
    by_code,
    districts_of,
    only_open,
)
from chalicelib.actions.answer_text import Conversation, about_handover, about_help, answer, conversation, taken
from chalicelib.actions.file_text import filed, whose
from chalicelib.actions.opt_out import start, stop
from chalicelib.actions.owing import nudge
from chalicelib.actions.ports import AlreadyThere, Change, Ports
from chalicelib.actions.stop_texts import take_back
from chalicelib.domain.errors import Conflict, Stale
from chalicelib.domain.identifiers import derived_id
from chalicelib.domain.received import TextTaken
from chalicelib.domain.replies import LONGEST, Reply, Said

TRIES = 5


@dataclass(frozen=True)
class Inbound:
    """A text as the provider tells it: ``sid`` is its id, ``to`` the sender of ours that it went to.

    ``answered`` when the provider has answered it already.
    """

    sid: str
    phone: str
    to: str
    body: str
    reply: Reply
    answered: bool = False

    @property
    def text_id(self) -> str:
        """Ours, of a length that a key can have."""
        return derived_id("inbound", self.sid, length=20)


def receive_text(ports: Ports, text: Inbound) -> str:
    """What became of it: ``repeated``, ``acknowledged``, ``awaited``, ``unknown_code``, or what it was taken for."""
    for _ in range(TRIES):
        if ports.store.find(TextTaken, text.text_id) is not None:
            return "repeated"
        try:
            return _taken(ports, text)
        except (Stale, AlreadyThere):
            continue
    raise Stale


def _taken(ports: Ports, text: Inbound) -> str:
    talk = conversation(ports, text.phone)
    if text.reply.said in (Said.CODE, Said.YES) and districts_of(ports, text.phone):
        return _acknowledging(ports, text, talk)
    changes = _kept(ports, text, talk)
    ports.store.commit(changes)
    nudge(ports, changes)
    return text.reply.said.value


def _acknowledging(ports: Ports, text: Inbound, talk: Conversation) -> str:
    handover = _meant(ports, text)
    said: list[Change] = []

    def with_it(outcome: str) -> Sequence[Change]:
        said[:] = _answered(ports, text, talk, outcome, handover)
        return said

    outcome = "unknown_code"
    try:
        if handover is not None:
            outcome = acknowledged_by_contact(ports, handover, "text", with_it)
    except Conflict:
        handover = None  # Nobody was counted yet: that takes a word with an officer.
    if handover is None:
        ports.store.commit(with_it(outcome))
    nudge(ports, said)
    return outcome


def _meant(ports: Ports, text: Inbound) -> Handover | None:
    if text.reply.said == Said.YES:
        return only_open(ports, text.phone)
    return by_code(ports, text.phone, text.reply.codes)


def _answered(
    ports: Ports, text: Inbound, talk: Conversation, event: str, handover: Handover | None
) -> list[Change]:  # fmt: skip
    """The text dealt with, and its answer, where the number may be answered at all."""
    district, contact = districts_of(ports, text.phone)[0]
    dispatch = handover.dispatch if handover else None
    point = ports.places.point(dispatch.point) if dispatch else whose(ports, text.phone).point
    typed = text.reply.codes[0] if text.reply.codes else "?"
    notice = about_handover(
        event, contact.language, dispatch.district if dispatch else district.district, dispatch, typed
    )
    told = answer(ports, text.text_id, talk, notice, point)
    to_read = [] if dispatch and not text.reply.more else _filed(ports, text, talk)
    return [*taken(ports, text.text_id, talk, answered=bool(told)), *told, *to_read]


def _filed(ports: Ports, text: Inbound, talk: Conversation) -> list[Change]:
    """What a code does not settle is for a person, too."""
    return filed(ports, text.text_id, text.body[:LONGEST], text.reply.said, talk, whose(ports, text.phone))


def _kept(ports: Ports, text: Inbound, talk: Conversation) -> list[Change]:
    """What a text changes that acknowledges nothing."""
    senders = whose(ports, text.phone)
    changes = filed(ports, text.text_id, text.body[:LONGEST], text.reply.said, talk, senders)
    told: list[Change] = []
    match text.reply.said:
        case Said.STOP:
            changes += [*stop(ports, text.phone, text.to), *take_back(ports, text.phone, senders.cases)]
        case Said.START:
            changes += start(ports, text.phone, text.to)
        case Said.HELP if not text.answered:
            language = senders.language or text.reply.language
            notice = about_help(language, senders.district or "", senders.traveller_id)
            told = answer(ports, text.text_id, talk, notice, senders.point)
    return [*taken(ports, text.text_id, talk, answered=bool(told)), *changes, *told]
