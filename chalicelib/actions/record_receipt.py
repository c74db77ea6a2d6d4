"""A provider's callback: late, twice, in the wrong order; the state only ever moves forward (promise 3)."""

from chalicelib.actions.calls import call_instead
from chalicelib.actions.counting_spent import counted
from chalicelib.actions.keep_lines import note_receipt
from chalicelib.actions.ports import Ports, Save
from chalicelib.actions.record_outcome import come_again
from chalicelib.domain.errors import Stale
from chalicelib.domain.messages import Message, MessageState, was_given_up
from chalicelib.domain.receipts import receipted

TRIES = 5


def record_receipt(ports: Ports, message_id: str, status: str, sid: str, code: str) -> bool:
    """Whether the callback told something new; raises NotFound for a message that is not ours.

    A phone that was off is tried again by the backoff table; who is not reached in the end is somebody's call.
    """
    for _ in range(TRIES):
        message = ports.store.get(Message, message_id)
        told = receipted(message, status, sid, code, ports.clock())
        if told is None:
            return False
        task = call_instead(ports, told) if was_given_up(told) else []
        taken = int(message.state == MessageState.SENDING)  # This word of the provider came before our own.
        try:
            ports.store.commit([Save(told), *task, *counted(ports, told, taken)])
        except Stale:
            continue
        come_again(ports, told)
        note_receipt(ports, message, told)
        return True
    raise Stale
