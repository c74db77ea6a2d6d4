"""What a text is answered: a message of its own, and never more of them in an hour than a person would need."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.actions.expiry import in_days
from chalicelib.actions.owing import owed
from chalicelib.actions.ports import Change, Ports, Save
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dispatch import Dispatch, DispatchState
from chalicelib.domain.notices import Notice
from chalicelib.domain.places import Point
from chalicelib.domain.received import MOST_ANSWERS, Exchange, TextTaken

REMEMBERED = 30
"""Days that a text's id is known: the provider repeats a call for hours."""
_PERSON = re.compile(r"\+[1-9][0-9]{6,14}")
"""A number that somebody holds; short codes and names are machines."""


@dataclass(frozen=True)
class Conversation:
    """A number, and its hour with the text that just came counted in."""

    phone: str
    exchange: Exchange


def conversation(ports: Ports, phone: str) -> Conversation:
    """The hour so far of a number."""
    known = _exchange(ports, phone)
    return Conversation(phone, replace(known, received=known.received + 1))


def _exchange(ports: Ports, phone: str) -> Exchange:
    now = ports.clock()
    digest, hour = ports.digests.digest(f"{now:%Y-%m}", "exchange", phone), f"{now:%Y-%m-%dT%H}"
    until = int((now + timedelta(hours=2)).timestamp())
    return ports.store.find(Exchange, digest, hour) or Exchange(digest=digest, hour=hour, expires_at=until)


def taken(ports: Ports, text_id: str, talk: Conversation, *, answered: bool = False) -> list[Change]:
    """The text is dealt with: told again it is refused by the first of these rows."""
    exchange = replace(talk.exchange, answered=talk.exchange.answered + answered)
    return [Save(TextTaken(text_id=text_id, expires_at=in_days(ports.clock(), REMEMBERED))), Save(exchange)]


def silence(ports: Ports, phone: str) -> Change:
    """What keeps us from answering a number for the rest of the hour: two machines have been talking (14107)."""
    return Save(replace(_exchange(ports, phone), answered=MOST_ANSWERS))


def answer(ports: Ports, text_id: str, talk: Conversation, notice: Notice, point: Point) -> list[Change]:
    """The answer, owed; nothing to a machine, and nothing once this hour's answers are used up."""
    if not (talk.exchange.may_answer and _PERSON.fullmatch(talk.phone)):
        return []
    now = ports.clock()
    keyed = replace(notice, event_key=f"answer#{text_id}", to=talk.phone, reach="text")
    return owed(ports, point, [keyed], f"{point.point}#{local_date(now, point.time_zone)}", now)


def about_handover(event: str, language: str, district: str, dispatch: Dispatch | None, said: str = "") -> Notice:
    """What a district's contact is answered: heads and code of the vehicle, or the code that means none."""
    counted = dispatch is not None and dispatch.state in (DispatchState.ARRIVED, DispatchState.ACKNOWLEDGED)
    heads = () if dispatch is None else dispatch.present if counted else dispatch.boarded
    return Notice(
        event=event, event_key="", audience="district", name="", to="", reach="text", language=language,
        variables={"heads": str(len(heads)), "code": dispatch.code if dispatch else said}, district=district,
        dispatch_id=dispatch.dispatch_id if dispatch else None, drill=dispatch is not None and dispatch.drill,
    )  # fmt: skip


def about_help(language: str, district: str, traveller_id: str | None) -> Notice:
    """What who asks for help is answered: the hotline."""
    return Notice(
        event="help", event_key="", audience="sender", name="", to="", reach="text", language=language,
        district=district, traveller_id=traveller_id,
    )  # fmt: skip
