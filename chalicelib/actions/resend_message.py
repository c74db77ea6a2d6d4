"""An officer sends a failed message again, or takes a number that was put right."""

from dataclasses import replace

from chalicelib.actions.casework import seen_case
from chalicelib.actions.dispatchwork import check_sees_dispatch
from chalicelib.actions.opt_out import opted_out
from chalicelib.actions.ports import Page, Ports, Save, View
from chalicelib.domain.calendar import local_date
from chalicelib.domain.desks import check_may, check_sees, confined_to
from chalicelib.domain.dispatch import Dispatch
from chalicelib.domain.errors import Conflict, NotFound, NotInState
from chalicelib.domain.messages import Message, MessageState, owed_again
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point

RESENDABLE = (MessageState.FAILED, MessageState.UNDELIVERED)
"""Never what was taken back: its text tells of a plan that another has replaced (promise 4)."""


def read_message(ports: Ports, officer: Officer, message_id: str) -> Message:
    """One message; raises NotPermitted, NotFound for another district's."""
    check_may(officer, "read_messages")
    message = ports.store.get(Message, message_id)
    if message.traveller_id:
        seen_case(ports, officer, message.traveller_id)
    elif message.dispatch_id:
        check_sees_dispatch(officer, ports.store.get(Dispatch, message.dispatch_id))
    else:
        check_sees(officer, None)
    return message


def resend_message(ports: Ports, officer: Officer, message_id: str) -> Message:
    """The message owed again, at once.

    Raises NotPermitted, NotFound, NotInState while it may still arrive, Conflict ``opted_out``, Stale.
    """
    check_may(officer, "resend_message")
    message = read_message(ports, officer, message_id)
    if message.state not in RESENDABLE:
        raise NotInState("resend", message.state, ())
    if opted_out(ports, message.personal.to):
        raise Conflict("opted_out")
    again = owed_again(message, ports.clock())
    ports.store.commit([Save(again)])
    ports.queue.nudge("message", message_id)
    return replace(again, version=again.version + 1)


def list_messages(
    ports: Ports, officer: Officer, point: Point, traveller_id: str, dispatch_id: str, state: str, limit: int,
    cursor: object,
) -> Page:  # fmt: skip
    """Messages of a traveller, of a dispatch, or of the point's day; raises NotPermitted, NotFound."""
    check_may(officer, "read_messages")
    view = _view(ports, officer, point, traveller_id, dispatch_id)
    page = ports.store.page(view, limit, cursor)  # type: ignore[arg-type]
    return Page(tuple(message for message in page.items if state in ("", message.state)), page.cursor)


def _view(ports: Ports, officer: Officer, point: Point, traveller_id: str, dispatch_id: str) -> View:
    if traveller_id:
        seen_case(ports, officer, traveller_id)
        return View(Message, "by_traveller", traveller_id)
    if dispatch_id:
        check_sees_dispatch(officer, ports.store.get(Dispatch, dispatch_id))
        return View(Message, "by_dispatch", dispatch_id)
    if confined_to(officer) is not None:
        raise NotFound("messages")
    today = local_date(ports.clock(), point.time_zone)
    return View(Message, "by_day", f"{point.point}#{today}", newest_first=True)
