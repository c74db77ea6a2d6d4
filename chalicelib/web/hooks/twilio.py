"""The provider's callbacks: receipts of messages, and texts that people send us. The signature is the key."""

import logging
from collections.abc import Callable
from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.receive_text import Inbound, receive_text
from chalicelib.actions.record_receipt import record_receipt
from chalicelib.domain.errors import NotFound
from chalicelib.domain.replies import Reply, Said, read_reply
from chalicelib.messaging.keywords import keywords
from chalicelib.messaging.signature import parse_fields, verify
from chalicelib.web.access_rules import PROVIDER, register
from chalicelib.web.forms import LARGEST
from chalicelib.wiring import Wiring, wiring

blueprint = Blueprint(__name__)
log = logging.getLogger(__name__)
FORM = "application/x-www-form-urlencoded"
STATUS, INBOUND = "/hooks/twilio/status/{message_id}", "/hooks/twilio/inbound"
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
Pairs = list[tuple[str, str]]


@blueprint.route(STATUS, methods=["POST"], content_types=[FORM])
def status(message_id: str) -> Response:
    """A receipt: late, twice or in the wrong order, the state only moves forward."""
    return _checked(f"/hooks/twilio/status/{message_id}", lambda here, said: _receipt(here, message_id, dict(said)))


@blueprint.route(INBOUND, methods=["POST"], content_types=[FORM])
def inbound() -> Response:
    """A text from a phone: dealt with once, and answered by a message of its own, never in this response."""
    return _checked(INBOUND, lambda here, said: _text(here, dict(said)))


for path in (STATUS, INBOUND):
    register("POST", path, PROVIDER)


def _receipt(here: Wiring, message_id: str, said: dict[str, str]) -> None:
    word = said.get("MessageStatus") or said.get("SmsStatus") or ""
    try:
        record_receipt(here.ports, message_id, word, said.get("MessageSid", ""), said.get("ErrorCode", ""))
    except NotFound:
        log.warning("receipt for a message that is not here", extra={"message_id": message_id})


def _text(here: Wiring, said: dict[str, str]) -> None:
    """The log knows that a text came and what it was taken for, never whose it was or what it said."""
    sid, phone = said.get("MessageSid") or said.get("SmsSid") or "", said.get("From", "")
    if not sid or not phone:
        return log.warning("a text without its id or its number")
    body, handled = said.get("Body", ""), said.get("OptOutType", "").lower()
    reply = Reply(Said(handled)) if handled in set(Said) else read_reply(body, keywords())
    to = said.get("MessagingServiceSid") or said.get("To", "")
    text = Inbound(sid=sid, phone=phone, to=to, body=body, reply=reply, answered=bool(handled))
    return log.info("text received: %s", receive_text(here.ports, text), extra={"text_id": text.text_id})


def _checked(path: str, act: Callable[[Wiring, Pairs], Any]) -> Response:
    request, here = blueprint.current_request, wiring()
    raw = _bytes(request.raw_body)
    if len(raw) > LARGEST:
        return _answer(413)
    try:
        said = parse_fields(raw)
    except ValueError:
        return _answer(413)
    try:
        token = here.provider_account["auth_token"]
        if not verify(token, here.settings.public_base + path, said, request.headers.get("x-twilio-signature", "")):
            return _answer(403)
        act(here, said)
    except Exception as fault:
        # The provider calls again; and the words of an exception may hold a number.
        log.error("callback not taken: %s", type(fault).__name__)
        return _answer(503)
    return _answer(200)


def _bytes(body: str | bytes | None) -> bytes:
    return body.encode() if isinstance(body, str) else body or b""


def _answer(code: int) -> Response:
    return Response(EMPTY if code == 200 else "", headers={"Content-Type": "text/xml"}, status_code=code)
