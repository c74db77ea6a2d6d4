"""The row that a phone leaves when a text to it is owed: whoever writes back is found by it."""

from chalicelib.actions.expiry import in_days
from chalicelib.actions.person_rows import FOUND_FOR
from chalicelib.actions.ports import Owe, Ports
from chalicelib.domain.finding import Told
from chalicelib.domain.messages import Message

TOLD = "told"
"""The kind of digest that finds who was texted at a phone."""


def told_rows(ports: Ports, message: Message) -> list[Owe]:
    """Written with a family contact's message, so that claiming it stays one row's write.

    None for the traveller's own phone, which finds the case since the declaration.
    """
    if message.traveller_id is None or message.audience != "family":
        return []
    digest = ports.digests.digest(f"{message.day:%Y-%m}", TOLD, message.personal.to)
    told = Told(
        digest=digest, message_id=message.message_id, case_id=message.traveller_id,
        expires_at=in_days(message.created_at, FOUND_FOR),
    )  # fmt: skip
    return [Owe(told)]
