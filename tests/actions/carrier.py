"""A text that is owed, and a carrier that says what it is told to."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.failures import Accepted
from chalicelib.domain.messages import Message, MessageState
from tests.actions.world import World

M = MessageState


@dataclass
class Carrier:
    """A provider that answers as told, and remembers what it was given."""

    answer: Accepted | Exception = field(default_factory=lambda: Accepted("SM1", "queued"))
    found: Accepted | Exception | None = None
    meanwhile: Callable[[], object] = lambda: None
    name: str = "carrier"
    sent: list[str] = field(default_factory=list)

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Take it, or not."""
        self.sent.append(message_id)
        self.meanwhile()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()) -> Accepted | None:
        """What it knows of it, unless it is taken."""
        if isinstance(self.found, Exception):
            raise self.found
        return None if self.found and self.found.sid in taken else self.found


def state(world: World, message_id: str) -> M:
    return world.store.get(Message, message_id).state
