"""The provider's own rules and shapes: what it refuses, and how it answers."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from chalicelib.domain.segments import measure
from infra.local.simulator.store import Message

LONGEST = 1600
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_SENDER = re.compile(r"\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")


class Refusal(Exception):
    """An error as the provider answers it: HTTP status, code and words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def document(self) -> dict[str, Any]:
        """The body of the answer."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}


def unauthorized() -> Refusal:
    """Wrong account or token."""
    return Refusal(401, 20003, "Authenticate")


def too_many() -> Refusal:
    """The provider's 429."""
    return Refusal(429, 20429, "Too Many Requests")


def broken() -> Refusal:
    """The provider's 500."""
    return Refusal(500, 20500, "Internal Server Error")


def not_found(path: str) -> Refusal:
    """The provider's 404."""
    return Refusal(404, 20404, f"The requested resource {path} was not found")


def rejected(code: int) -> Refusal:
    """A refusal that was asked for by code."""
    status = {20003: 401, 20429: 429, 20500: 500}.get(code, 400)
    return Refusal(status, code, f"Rejected with code {code}")


def check(form: Mapping[str, str]) -> None:
    """Refuse what the provider would refuse of a message to create."""
    to, body, sender = form.get("To", ""), form.get("Body", ""), form.get("From", "")
    service, callback = form.get("MessagingServiceSid", ""), form.get("StatusCallback", "")
    _need(bool(to), 21604, "A 'To' phone number is required.")
    _need(bool(_NUMBER.fullmatch(to)), 21211, f"The 'To' number {to} is not a valid phone number.")
    _need(bool(sender or service), 21603, "A 'From' phone number is required.")
    _need(not sender or bool(_SENDER.fullmatch(sender)), 21212, f"The 'From' number {sender} is not valid.")
    _need(not service or bool(_SERVICE.fullmatch(service)), 21701, "The Messaging Service does not exist.")
    _need(sender != to, 21266, "'To' and 'From' number cannot be the same.")
    _need(bool(body.strip()), 21602, "Message body is required.")
    _need(len(body) <= LONGEST, 21617, f"The concatenated message body exceeds the {LONGEST} character limit.")
    _need(not callback or _is_address(callback), 21609, f"The StatusCallback URL {callback} is not a valid URL.")


def _need(fine: bool, code: int, message: str) -> None:
    if not fine:
        raise Refusal(400, code, message)


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url


def document(message: Message) -> dict[str, Any]:
    """A message as the provider answers it."""
    uri = f"/2010-04-01/Accounts/{message.account}/Messages/{message.sid}"
    waiting = bool(message.service) and not message.sent
    return {
        "account_sid": message.account,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": _rfc2822(message.created),
        "date_sent": _rfc2822(message.sent) if message.sent else None,
        "date_updated": _rfc2822(message.updated),
        "direction": message.direction,
        "error_code": message.code or None,
        "error_message": f"Simulated error {message.code}" if message.code else None,
        "from": None if waiting else message.sender,
        "messaging_service_sid": message.service or None,
        "num_media": "0",
        "num_segments": "0" if waiting else str(measure(message.body).segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }


def _rfc2822(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(int(moment), UTC))


def listed(path: str, query: Mapping[str, str], messages: Sequence[Message]) -> dict[str, Any]:
    """One page of messages, newest first, filtered as the provider filters; raises Refusal for a bad query."""
    try:
        size = min(max(int(query.get("PageSize", "50")), 1), 1000)
        page = max(int(query.get("Page", "0")), 0)
        fitting = [message for message in messages if _fits(message, query)]
    except ValueError:
        raise Refusal(400, 20001, "A query parameter is not valid.") from None
    shown = fitting[page * size : (page + 1) * size]

    def uri(number: int) -> str:
        return f"{path}?{urlencode({**query, 'PageSize': size, 'Page': number})}"

    return {
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1) if len(fitting) > (page + 1) * size else None,
        "previous_page_uri": uri(page - 1) if page else None,
        "uri": uri(page),
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + max(len(shown) - 1, 0),
        "messages": [document(message) for message in shown],
    }


def _fits(message: Message, query: Mapping[str, str]) -> bool:
    """Filters by sending date leave out what has none yet."""
    after, before, on = (_moment(query.get(f"DateSent{sign}", "")) for sign in (">", "<", ""))
    if query.get("From", message.sender) != message.sender:
        return False
    if not message.sent:
        return not (after or before or on)
    sent = datetime.fromtimestamp(int(message.sent), UTC)
    return (
        (after is None or sent >= after)
        and (before is None or sent.date() <= before.date())
        and (on is None or sent.date() == on.date())
    )


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
