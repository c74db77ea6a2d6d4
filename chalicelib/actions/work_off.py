"""One entry of the queue: which action it means."""

from datetime import date

from chalicelib.actions.carriers import Provider
from chalicelib.actions.escalate_handover import escalate_handover
from chalicelib.actions.figure_day import figure_day
from chalicelib.actions.ports import Ports
from chalicelib.actions.send_digest import send_digest
from chalicelib.actions.send_message import send_message
from chalicelib.actions.settle_travellers import settle_travellers
from chalicelib.actions.stop_messages import finish_stop
from chalicelib.actions.switchboard import Switchboard


def work_off(ports: Ports, provider: Provider | Switchboard, kind: str, key: str) -> None:
    """Do what a nudge asks; doing it again does nothing. Raises ValueError for a kind that nobody knows."""
    match kind:
        case "message":
            send_message(ports, provider, key)
        case "fanout":
            dispatch_id, _, stage = key.partition("#")
            settle_travellers(ports, dispatch_id, stage)
        case "digest":
            point, district, day = key.split("#")
            send_digest(ports, point, district, date.fromisoformat(day))
        case "figures":
            point, _, on = key.partition("#")
            figure_day(ports, point, date.fromisoformat(on))
        case "stop":
            finish_stop(ports, key)
        case "escalation":
            escalate_handover(ports, *key.split("#"))
        case _:
            raise ValueError(f"no such kind of work: {kind}")
