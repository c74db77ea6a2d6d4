"""Texts that came from a traveller's people, and which of them want none."""

from dataclasses import dataclass

from chalicelib.actions.opt_out import all_opted_out
from chalicelib.actions.ports import View
from chalicelib.domain.case import Case
from chalicelib.domain.received import ReceivedText
from chalicelib.web.console.desk import Desk

MOST = 50


@dataclass(frozen=True)
class Texts:
    """``received``, the newest first; ``stopped`` are the names of those who opted out and are called instead."""

    received: tuple[ReceivedText, ...]
    stopped: tuple[str, ...]


def texts_of(desk: Desk, case: Case) -> Texts:
    """What a traveller's page tells of them."""
    view = View(ReceivedText, "", case.case_id, prefix="text#", newest_first=True)
    people = {contact.phone: contact.name for contact in case.family_contacts}
    if own := case.answers.get("phone"):
        people.setdefault(own, desk.names(case)[0])
    stopped = all_opted_out(desk.ports, people)
    names = tuple(name for phone, name in people.items() if phone in stopped)
    return Texts(desk.ports.store.page(view, MOST).items, names)
