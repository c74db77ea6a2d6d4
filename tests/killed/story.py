"""How the people of a story get to where a verb finds them: quickly, by the actions themselves."""

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.actions.drive_dispatch import acknowledge_handover, arrive_dispatch, board_traveller, depart_dispatch
from chalicelib.actions.move_traveller import move_traveller
from chalicelib.actions.open_dispatch import NewDispatch, open_dispatch
from chalicelib.actions.ports import Ports, View
from chalicelib.actions.quarantine import Placement, hold_case, start_quarantine
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.domain.dispatch import Vehicle
from chalicelib.domain.messages import Message
from tests.actions.world import COORDINATOR, ESCORT
from tests.api_client import Reply
from tests.intake.example import valid_answers, valid_companion
from tests.killed.scene import Stage

ZONE = ZoneInfo("Asia/Shanghai")
_RUN, _NUMBERS = secrets.token_hex(2).upper(), itertools.count(1)


@dataclass
class Story:
    """One vehicle's worth of people on a day of their own."""

    scene: Stage
    ids: list[str] = field(default_factory=list)
    dispatch: str = ""
    token: str = ""

    @property
    def ports(self) -> Ports:
        """Those of the process that lives."""
        return self.scene.here.ports

    @property
    def today(self) -> date:
        """The date at the point."""
        return self.scene.clock.now.astimezone(ZONE).date()

    def body(self, **changes: Any) -> dict[str, Any]:
        """The declaration of somebody new, whose phones nobody else has."""
        number = next(_NUMBERS)
        answers = valid_answers(
            self.today,
            **{
                "document_number": f"K{_RUN}{number:05d}",
                "phone": f"+86 138 {number:08d}",
                "family_contacts": [
                    {"name": "李华", "relation": "母亲", "phone": f"139 {number:08d}", "reach": "text",
                     "language": "zh-Hans"}
                ],
                **changes,
            },
        )  # fmt: skip
        return {"form": "arrival", "version": 1, "language": "zh-Hans", "point": "CKG", "answers": answers}

    def companion(self, **changes: Any) -> dict[str, Any]:
        """Somebody new who travels along."""
        return valid_companion(**{"document_number": f"K{_RUN}{next(_NUMBERS):05d}", **changes})

    def declare(self, body: dict[str, Any] | None = None, **headers: str) -> Reply:
        """A declaration by the public door."""
        reply = self.scene.api("POST", "/declarations", body or self.body(), **{"Authorization": "", **headers})
        if reply.status == 201:
            self.ids = [line["traveller_id"] for line in reply.body["party"]]
            self.token = str(reply.body["pass_url"]).rsplit("/", 1)[1]
        return reply

    def declared(self, body: dict[str, Any] | None = None) -> "Story":
        """Kept."""
        assert self.declare(body).status == 201
        return self

    def verified(self) -> "Story":
        """Seen by an officer."""
        self.declared()
        return self.move("verify")

    def registered(self) -> "Story":
        """At the diversion point."""
        self.verified()
        return self.move("register")

    def move(self, verb: str, reason: str = "because") -> "Story":
        """A plain verb for everybody."""
        for case_id in self.ids:
            move_traveller(self.ports, COORDINATOR, case_id, verb, reason)
        return self

    def opened(self) -> "Story":
        """With seats on a vehicle."""
        return self.registered()._open()

    def _open(self) -> "Story":
        new = NewDispatch("yuzhong", Vehicle("渝A12345", "bus", 40), ESCORT, tuple(self.ids), secrets.token_hex(8))
        self.dispatch = open_dispatch(self.ports, COORDINATOR, new).dispatch_id
        return self

    def boarded(self) -> "Story":
        """Aboard."""
        return self.opened().aboard()

    def aboard(self) -> "Story":
        """Everybody steps in."""
        for case_id in self.ids:
            board_traveller(self.ports, COORDINATOR, self.dispatch, case_id)
        return self

    def departed(self, *, settled: bool = True) -> "Story":
        """On the road; unless ``settled``, what that owes the travellers is still to be done."""
        self.boarded()
        depart_dispatch(self.ports, COORDINATOR, self.dispatch)
        return self._settled("departed") if settled else self

    def _settled(self, stage: str) -> "Story":
        settle_travellers(self.ports, self.dispatch, stage)
        return self

    def arrived(self) -> "Story":
        """Counted at the district."""
        self.departed()
        arrive_dispatch(self.ports, COORDINATOR, self.dispatch, tuple(self.ids))
        return self

    def one_missing(self) -> "Story":
        """Two rode; the one who comes first from here on was missing when the vehicle was handed over."""
        self.declared(self.body(companions=[self.companion()])).move("verify").move("register")
        self._open().aboard()
        depart_dispatch(self.ports, COORDINATOR, self.dispatch)
        self._settled("departed")
        arrive_dispatch(self.ports, COORDINATOR, self.dispatch, (self.ids[1],))
        acknowledge_handover(self.ports, COORDINATOR, self.dispatch)
        return self._settled("acknowledged")

    def received(self, *, settled: bool = True) -> "Story":
        """Handed over."""
        self.arrived()
        acknowledge_handover(self.ports, COORDINATOR, self.dispatch)
        return self._settled("acknowledged") if settled else self

    def housed(self, days: int = 1) -> "Story":
        """In quarantine."""
        self.received()
        placement = Placement("hotel", "滨江酒店", "1203", days=days)
        start_quarantine(self.ports, COORDINATOR, self.ids[0], placement, None)
        return self

    def held(self) -> "Story":
        """In quarantine, and nobody is released by the calendar."""
        self.housed()
        hold_case(self.ports, COORDINATOR, self.ids[0], "because", None)
        return self

    def later(self, **span: float) -> "Story":
        """Time passes."""
        self.scene.clock.now += timedelta(**span)
        return self


def family_text(story: Story) -> Message:
    """The departure's text to the family."""
    page = story.ports.store.page(View(Message, "by_traveller", story.ids[0]), 10)
    texts: tuple[Message, ...] = page.items
    return next(text for text in texts if text.audience == "family")
