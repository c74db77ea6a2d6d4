"""Messages: who was told what, and once more where that went wrong."""

from chalice import Blueprint

from chalicelib.actions.resend_message import list_messages, resend_message
from chalicelib.web.access_rules import may
from chalicelib.web.api.endpoint import Answer, Call, endpoint
from chalicelib.web.api.resources import message_line
from chalicelib.web.api.values import asked_point
from chalicelib.web.cursor import opened, sealed

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/messages", may("read_messages", "key"))
def get_messages(call: Call) -> Answer:
    """A page of a traveller's, a dispatch's or the day's messages."""
    query = call.query
    page = list_messages(
        call.ports, call.officer, asked_point(call), query.get("traveller_id", ""), query.get("dispatch_id", ""),
        query.get("state", ""), call.limit, opened(query.get("cursor", "")),
    )  # fmt: skip
    return Answer({"items": [message_line(message) for message in page.items], "next": sealed(page.cursor)})


@endpoint(blueprint, "POST", "/messages/{message_id}/resend", may("resend_message", "key"))
def post_resend(call: Call, message_id: str) -> Answer:
    """Owed again."""
    return Answer(message_line(resend_message(call.ports, call.officer, message_id)))
