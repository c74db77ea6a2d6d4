"""Who was told of a vehicle, who could not be, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.actions.resend_message import list_messages
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.messages import Message, MessageState, is_waiting
from chalicelib.web.console.desk import Desk
from chalicelib.web.labels import N_

MOST = 400
"""A vehicle of 60 with three texts each, its district's, and a change of plan."""
M = MessageState
NEXT: Mapping[str, str] = {
    M.OWED: N_("It goes by itself"),
    M.SENDING: N_("It goes by itself"),
    M.UNKNOWN: N_("The provider is asked by itself: wait a few minutes"),
    M.FAILED: N_("Call: it stands on the list of calls"),
    M.UNDELIVERED: N_("Call: it stands on the list of calls"),
    "call": N_("Call: it stands on the list of calls"),
    "nobody": N_("Nobody to tell: ask the traveller for a number"),
}


@dataclass(frozen=True)
class Line:
    """One person to tell: ``state`` is the newest message's, or ``call``, or ``nobody`` for a party without anybody."""

    state: str
    audience: str
    phone: str
    case: Case | None
    message: Message | None = None

    @property
    def next(self) -> str:
        """What to do, marked for translation; nothing when they were told."""
        if self.message is not None and is_waiting(self.message):
            return NEXT[M.OWED]  # Owed, or to be repeated: its phone was off.
        return NEXT.get(self.state, "")


def told(desk: Desk, dispatch: Dispatch, people: Mapping[str, Case]) -> tuple[Line, ...]:
    """Everybody whom the departure concerns: those to be cared for first."""
    page = list_messages(desk.ports, desk.officer, desk.point, "", dispatch.dispatch_id, "", MOST, None)
    newest: dict[tuple[str, str, str | None], Message] = {}
    for message in sorted(page.items, key=lambda one: one.created_at):
        newest[message.audience, message.personal.to, message.traveller_id] = message
    lines = [
        Line(message.state, message.audience, message.personal.to, people.get(message.traveller_id or ""), message)
        for message in newest.values()
    ]
    lines += [line for case in _leaders(dispatch, people) for line in _without_texts(desk, case)]
    return tuple(sorted(lines, key=lambda line: not line.next))


def _leaders(dispatch: Dispatch, people: Mapping[str, Case]) -> list[Case]:
    firsts = dict.fromkeys(dispatch.companions_aboard(case_id)[0] for case_id in dispatch.boarded)
    return [people[case_id] for case_id in firsts if case_id in people]


def _without_texts(desk: Desk, case: Case) -> list[Line]:
    calls = [c for c in case.family_contacts if c.reach != "text" or not desk.ports.reaches(c.phone)]
    if not case.family_contacts and not case.answers.get("phone"):
        return [Line("nobody", "family", "", case)]
    return [Line("call", "family", contact.phone, case) for contact in calls]
