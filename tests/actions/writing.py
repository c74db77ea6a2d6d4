"""Somebody writes to us, and what is sent back."""

from itertools import count

from chalicelib.actions.receive_text import Inbound
from chalicelib.actions.send_message import send_message
from chalicelib.domain.failures import Accepted, PermanentFailure
from chalicelib.domain.received import ReceivedText
from chalicelib.domain.replies import read_reply
from chalicelib.messaging.keywords import keywords
from tests.actions.world import MOTHER, World

CONTACT = "+8613800500003"
OURS = "+15005550006"
_numbers = count()


class Carrier:
    """Takes every text, or refuses each with a code."""

    name = "carrier"

    def __init__(self, refuses: str = "") -> None:
        self.sent: list[str] = []
        self.refuses = refuses

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Remember whom it went to."""
        if self.refuses:
            raise PermanentFailure(self.refuses)
        self.sent.append(to)
        return Accepted(f"SM{message_id}", "queued")

    def find(self, *_: object) -> None:
        """Nothing is known."""


def text(body: str, phone: str = MOTHER, sid: str = "", to: str = OURS) -> Inbound:
    return Inbound(sid or f"SM{next(_numbers)}", phone, to, body, read_reply(body, keywords()))


def sent(world: World, carrier: Carrier | None = None) -> Carrier:
    """Everything that is owed, sent."""
    carrier = carrier or Carrier()
    for message in world.messages():
        send_message(world.ports, carrier, message.message_id)
    return carrier


def beside(world: World, case_id: str) -> list[tuple[str, str]]:
    return [(t.said, t.personal.body) for t in world.kept(ReceivedText) if t.case_id == case_id]
