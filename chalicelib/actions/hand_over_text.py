"""The last look at a text before the provider has it: what must be registered goes registered, or not at all."""

from typing import Protocol, runtime_checkable

from chalicelib.actions.carriers import Provider
from chalicelib.actions.ports import Ports
from chalicelib.domain.failures import Accepted, PermanentFailure
from chalicelib.domain.messages import Content, Message

NOT_REGISTERED = "not_registered"


@runtime_checkable
class SendsTemplates(Protocol):
    """A provider that keeps registered templates: it makes the text of its own wording and our values."""

    def send_template(self, message_id: str, to: str, content: Content) -> Accepted: ...


def hand_over(ports: Ports, provider: Provider, message: Message) -> Accepted:
    """The provider's receipt. Raises PermanentFailure ``not_registered`` without asking it, and what it raises.

    A provider without templates never sends to a country that wants them.
    """
    text = message.personal
    if text.content is not None and isinstance(provider, SendsTemplates):
        return provider.send_template(message.message_id, text.to, text.content)
    if ports.texts.registered_only(text.to):
        raise PermanentFailure(NOT_REGISTERED)
    return provider.send(message.message_id, text.to, text.body)
