"""What was sent to whom, and whether it arrived."""

from typing import Any
from urllib.parse import urlencode

from chalice import Blueprint, Response

from chalicelib.actions.resend_message import list_messages, read_message, resend_message
from chalicelib.domain.desks import confined_to
from chalicelib.domain.errors import NotInState
from chalicelib.domain.messages import Message, MessageState
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt
from chalicelib.web.cursor import opened, sealed
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.visit import Visit, safe_path

blueprint = Blueprint(__name__)
PAGE = 50
AGAIN = N_("The message is on its way again.")
UNDER_WAY = (MessageState.OWED, MessageState.SENDING)


@page(blueprint, "/console/messages", access=may("read_messages"))
def messages(visit: Visit) -> Response:
    """Today's, or those of one traveller or one vehicle."""
    desk, query = Desk.of(visit), visit.query
    asked = {name: query[name] for name in ("traveller", "dispatch", "state") if query.get(name)}
    narrowed = "traveller" in asked or "dispatch" in asked
    if confined_to(desk.officer) is not None and not narrowed:
        return desk.render("messages", rows=(), asked=asked, states=(), next="", narrow=True)
    found = list_messages(
        desk.ports, desk.officer, desk.point, asked.get("traveller", ""), asked.get("dispatch", ""),
        asked.get("state", ""), PAGE, opened(query.get("cursor", "")),
    )  # fmt: skip
    return desk.render("messages", rows=_newest_first(found.items), asked=asked, states=tuple(MessageState),
                       next=_next(asked, sealed(found.cursor)), narrow=False)  # fmt: skip


def _newest_first(rows: tuple[Any, ...]) -> tuple[Message, ...]:
    return tuple(sorted(rows, key=lambda message: message.created_at, reverse=True))


def _next(asked: dict[str, str], cursor: str | None) -> str:
    return f"/console/messages?{urlencode({**asked, 'cursor': cursor})}" if cursor else ""


@page(blueprint, "/console/messages/{message_id}/resend", access=may("resend_message"), methods=("POST",))
def resend(visit: Visit, message_id: str) -> Response:
    """Owe it again; a second press finds it on its way."""
    back = safe_path(visit.form.text("back"), "/console/messages")
    return attempt(visit, back, lambda: _resent(Desk.of(visit), message_id, back))


def _resent(desk: Desk, message_id: str, back: str) -> Response:
    try:
        resend_message(desk.ports, desk.officer, message_id)
    except NotInState:
        if read_message(desk.ports, desk.officer, message_id).state not in UNDER_WAY:
            raise
    return desk.visit.redirect(back, desk.visit.say(AGAIN))
