"""A provider's callback: late, twice, in the wrong order; the state only ever moves forward (promise 3)."""

from chalicelib.actions.owing import call_again
from chalicelib.actions.ports import Owe, Ports, Save
from chalicelib.domain.errors import Stale
from chalicelib.domain.messages import ANSWERS, Message, MessageState, receipted

TRIES = 5
_UNREACHED = (MessageState.UNDELIVERED, MessageState.FAILED)


def record_receipt(ports: Ports, message_id: str, status: str, sid: str, code: str) -> bool:
    """Whether the callback told something new; raises NotFound for a message that is not ours."""
    for _ in range(TRIES):
        message = ports.store.get(Message, message_id)
        told = receipted(message, status, sid, code, ports.clock())
        if told is None:
            return False
        calls = told.state in _UNREACHED and told.event not in ANSWERS
        task = [Owe(call_again(ports, told))] if calls else []
        try:
            ports.store.commit([Save(told), *task])
            return True
        except Stale:
            continue
    raise Stale
