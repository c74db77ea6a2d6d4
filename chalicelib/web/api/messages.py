"""Messages: who was told what, and once more where that went wrong."""

from chalice import Blueprint

from chalicelib.actions.resend_message import list_messages, resend_message
from chalicelib.domain.desks import confined_to
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.messages import MessageState
from chalicelib.web.access_rules import may
from chalicelib.web.api.answers import Listed
from chalicelib.web.api.bodies import EmptyBody
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.known import asked_point
from chalicelib.web.api.message_answers import Message
from chalicelib.web.api.paging import listed, position
from chalicelib.web.api.resources import message_line
from chalicelib.web.typed import one_of

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/messages", may("read_messages", "key"), answer=Listed[Message],
    query=("point", "traveller_id", "dispatch_id", "message_state", "limit", "cursor"), finds=True,
)  # fmt: skip
def get_messages(call: Call) -> Answer:
    """A page of a traveller's or a vehicle's messages; the day's for those who see every district."""
    asked = call.query
    if confined_to(call.officer) and not (asked.get("traveller_id") or asked.get("dispatch_id")):
        raise Invalid((FieldError("traveller_id", "required"),))
    page = list_messages(
        call.ports, call.officer, asked_point(call), asked.get("traveller_id", ""), asked.get("dispatch_id", ""),
        one_of("state", asked.get("state", ""), tuple(MessageState)), call.limit, position(call),
    )  # fmt: skip
    return listed(call, page, message_line)


@endpoint(
    blueprint, "POST", "/messages/{message_id}/resend", may("resend_message", "key"), body=EmptyBody,
    answer=Message, conflicts=True,
)  # fmt: skip
def post_resend(call: Call, message_id: str) -> Answer:
    """Owed again, at once."""
    call.body(EmptyBody)
    return Answer(message_line(resend_message(call.ports, call.officer, message_id)))
