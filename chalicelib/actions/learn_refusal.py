"""What a provider's refusal says of a number, for the next text to it."""

from contextlib import suppress

from chalicelib.actions.answer_text import silence
from chalicelib.actions.opt_out import remember_refusal
from chalicelib.actions.ports import AlreadyThere, Ports
from chalicelib.domain.errors import Stale
from chalicelib.domain.failures import OPTED_OUT, Kind, kind_of


def learn(ports: Ports, phone: str, code: str) -> None:
    """Remember an opt-out that never reached us, and a machine that answers machines."""
    if code in OPTED_OUT:
        remember_refusal(ports, phone)
    elif kind_of(code) == Kind.LOOP:
        with suppress(Stale, AlreadyThere):  # It just wrote again; the next answer is refused just as well.
            ports.store.commit([silence(ports, phone)])
