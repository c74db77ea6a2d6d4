"""Who wants no more texts gets none that waits already: somebody calls about each of them instead."""

from collections.abc import Iterable

from chalicelib.actions.calls import call_instead
from chalicelib.actions.ports import Change, Ports, Save, View
from chalicelib.domain.case import Case
from chalicelib.domain.messages import Message, failed, is_waiting

PAGE = 100


def take_back(ports: Ports, phone: str, cases: Iterable[Case]) -> list[Change]:
    """What ends the texts to ``phone`` about these travellers that nobody is sending yet."""
    changes: list[Change] = []
    for case in cases:
        page = ports.store.page(View(Message, "by_traveller", case.case_id, newest_first=True), PAGE)
        for message in page.items:
            if is_waiting(message) and message.personal.to == phone:
                ended = failed(message, "opted_out", ports.clock())
                changes += [Save(ended), *call_instead(ports, ended)]
    return changes
