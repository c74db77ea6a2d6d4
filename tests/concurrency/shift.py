"""An officer's shift in a hurry: whatever there is to be done is done, unless somebody else was faster."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.list_dispatches import list_dispatches
from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.actions.ports import Ports
from chalicelib.actions.resend_message import RESENDABLE, list_messages, resend_message
from chalicelib.actions.take_off_traveller import take_off_traveller
from chalicelib.domain.case import Case
from chalicelib.domain.dispatch import Dispatch, DispatchState, Vehicle
from chalicelib.domain.errors import Conflict, NotFound, NotInState, Stale
from chalicelib.domain.messages import Message
from chalicelib.domain.officers import Officer
from chalicelib.domain.states import State
from tests.actions.world import ESCORT
from tests.concurrency.turns import Order

ROUNDS = 6
REFUSED = (Conflict, NotFound, NotInState, Stale)
"""What an officer is told who comes too late; nothing else may come out of a verb."""


@dataclass(frozen=True)
class Done:
    """What a verb said that it did, to whom and by whom: the audit has to say the same."""

    subject: str
    verb: str
    actor: str


@dataclass
class Log:
    """What all officers were told that they did on the day ``name``; ``aboard`` are those whom they saw step in."""

    name: str
    done: Counter[Done] = field(default_factory=Counter)
    aboard: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Shift:
    """One officer at work; small mischief is drawn."""

    ports: Ports
    officer: Officer
    log: Log
    turns: Order

    def work(self) -> None:
        """Some rounds of desk, hall and telephone."""
        for number in range(ROUNDS):
            self._at_the_desk(f"{self.log.name}-{number}")
            self._on_the_road()
            self._at_the_phone()

    def _at_the_desk(self, key: str) -> None:
        page = list_travellers(self.ports, self.officer, self.ports.places.point("CKG"), Filter(), 50, None)
        cases: Sequence[Case] = page.items
        waiting = [case.case_id for case in cases if case.state == State.REGISTERED and case.dispatch_id is None]
        if self.turns.draw(2):
            waiting.reverse()
        if waiting:
            new = NewDispatch("yuzhong", Vehicle("渝A12345", "bus", 40), ESCORT, tuple(waiting), key)
            self._tries("open", partial(open_dispatch, self.ports, self.officer, new), "")
        for case in cases:
            verb = self._verb_for(case)
            if verb:
                move = partial(move_traveller, self.ports, self.officer, case.case_id, verb, "because")
                self._tries(verb, move, case.case_id)

    def _verb_for(self, case: Case) -> str:
        if case.linked_to is not None:
            return "void" if case.state == State.DECLARED else ""
        if case.state == State.REGISTERED:
            return "refer" if self.turns.draw(16) == 15 else ""
        return {State.DECLARED: "verify", State.VERIFIED: "register", State.REFERRED: "return"}.get(case.state, "")

    def _on_the_road(self) -> None:
        point = self.ports.places.point("CKG")
        for dispatch in list_dispatches(self.ports, self.officer, point, None, "", 50, None).items:
            for verb, subject, act in self._driving(dispatch):
                self._tries(verb, act, subject)

    def _driving(self, dispatch: Dispatch) -> list[tuple[str, str, Callable[[], Any]]]:
        ports, me, vehicle = self.ports, self.officer, dispatch.dispatch_id
        if dispatch.state == DispatchState.DEPARTED:
            return [("arrive", vehicle, partial(arrive_dispatch, ports, me, vehicle, dispatch.boarded))]
        if dispatch.state == DispatchState.ARRIVED:
            return [("acknowledge", vehicle, partial(acknowledge_handover, ports, me, vehicle))]
        if dispatch.state != DispatchState.BOARDING:
            return []
        waiting = [p.case_id for p in dispatch.roster if p.case_id not in dispatch.boarded]
        if waiting and self.turns.draw(8) == 7:
            off = waiting[0]
            return [("take_off", off, partial(take_off_traveller, ports, me, vehicle, off))]
        if waiting and self.turns.draw(8) != 7:
            return [("board", who, partial(board_traveller, ports, me, vehicle, who)) for who in waiting]
        return [("depart", vehicle, partial(depart_dispatch, ports, me, vehicle))]

    def _at_the_phone(self) -> None:
        point = self.ports.places.point("CKG")
        messages: Sequence[Message] = list_messages(self.ports, self.officer, point, "", "", "", 50, None).items
        for message in messages:
            if message.state in RESENDABLE and self.turns.draw(4) == 3:
                resend = partial(resend_message, self.ports, self.officer, message.message_id)
                self._tries("resend", resend, message.message_id)

    def _tries(self, verb: str, act: Callable[[], Any], subject: str) -> None:
        try:
            after = act()
        except REFUSED:
            return
        if verb == "board":
            self.log.aboard.add(subject)
        elif verb != "resend":
            self.log.done[Done(subject or after.dispatch_id, verb, self.officer.officer_id)] += 1
