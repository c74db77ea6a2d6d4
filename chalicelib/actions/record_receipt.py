"""A provider's callback: late, twice, in the wrong order; the state only ever moves forward (promise 3)."""

from chalicelib.actions.counting_spent import counted
from chalicelib.actions.owing import call_again
from chalicelib.actions.ports import Owe, Ports, Save
from chalicelib.domain.errors import Stale
from chalicelib.domain.messages import Message, MessageState, receipted

TRIES = 5
_UNREACHED = (MessageState.UNDELIVERED, MessageState.FAILED)


def record_receipt(ports: Ports, message_id: str, status: str, sid: str, code: str) -> bool:
    """Whether the callback told something new; raises NotFound for a message that is not ours."""
    for _ in range(TRIES):
        message = ports.store.get(Message, message_id)
        told = receipted(message, status, sid, code, ports.clock())
        if told is None:
            return False
        task = [Owe(call_again(ports, told))] if told.state in _UNREACHED else []
        taken = int(message.state == MessageState.SENDING)  # This word of the provider came before our own.
        try:
            ports.store.commit([Save(told), *task, *counted(ports, told, taken)])
            return True
        except Stale:
            continue
    raise Stale
