"""What the API answers about text messages, as a type."""

from msgspec import Struct

from chalicelib.domain.messages import MessageState
from chalicelib.web.api.answers import Instant


class Message(Struct, frozen=True, kw_only=True):
    """One text to one person; ``to`` is masked, ``times`` when each state was reached."""

    message_id: str
    event: str
    template: str
    language: str
    recipient_kind: str
    to: str
    segments: int
    state: MessageState
    attempts: int
    provider: str | None
    sid: str | None
    code: str | None
    due_at: Instant | None
    traveller_id: str | None
    dispatch_id: str | None
    drill: bool
    times: dict[str, Instant]
