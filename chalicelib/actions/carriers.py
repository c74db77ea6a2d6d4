"""The port that every provider of text messages stands behind."""

from collections.abc import Container
from datetime import datetime
from typing import Protocol

from chalicelib.domain.failures import Accepted


class Provider(Protocol):
    """Hands texts over, and can be asked whether it did."""

    name: str

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Hand over one text to an E.164 number; ``message_id`` comes back in every callback about it.

        Raises PermanentFailure, TemporaryFailure (certainly not sent), or Unknown (it may have been).
        """

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()) -> Accepted | None:
        """The text among what the provider took since then, or None when it has no such text.

        ``taken`` are provider ids known to belong to other messages: two people's texts may read the same.
        Raises TemporaryFailure when the provider cannot be asked: that is no answer. NobodyToAsk without a list.
        """
