"""Who carries text messages, as sending sees them."""

from collections.abc import Container
from datetime import datetime
from typing import Protocol


class Accepted(Protocol):
    """A provider's receipt: its own id, its word for the state, and its code where it has failed since."""

    @property
    def sid(self) -> str: ...

    @property
    def status(self) -> str: ...

    @property
    def code(self) -> str: ...


class Provider(Protocol):
    """``send`` raises a kind of failure; ``find`` asks whether it was sent after all, or says that nobody can tell."""

    name: str

    def send(self, message_id: str, to: str, body: str) -> Accepted: ...

    def find(
        self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()
    ) -> Accepted | None: ...
