"""Twilio behind the provider port, over its official client."""

import importlib
import json
from collections.abc import Container
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote

from chalicelib.domain.failures import Accepted, SendingFailure, TemporaryFailure, Unknown, failure
from chalicelib.domain.messages import Content

CALLBACK_RETRIES = "#rc=5&rp=all"
"""Asks the provider to call back up to five times, whatever went wrong; a fragment, so it is never sent or signed."""

_SKEW = timedelta(minutes=1)
_LOOKED_AT = 50
_MESSAGING_SERVICE = "MG"


class TwilioProvider:
    """One account and one sender. Thread-safe; the official client is loaded with the first message.

    ``sender`` is a number in E.164, an alphanumeric name, or the id of a messaging service (``MG…``);
    ``public_base`` is where callbacks arrive; ``base_url`` points elsewhere than Twilio; ``connect`` and ``read``
    are seconds; ``pool`` is the number of threads that will send.
    """

    name = "twilio"

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        sender: str,
        public_base: str,
        base_url: str | None = None,
        connect: float = 2.0,
        read: float = 8.0,
        pool: int = 16,
    ) -> None:
        self._account = (account_sid, auth_token)
        self._public_base = public_base.rstrip("/")
        self._base_url = base_url
        self._limits = (connect, read, pool)
        self._sender = {"messaging_service_sid" if sender.startswith(_MESSAGING_SERVICE) else "from_": sender}

    def send(self, message_id: str, to: str, body: str) -> Accepted:
        """Hand over one text; see Provider. Every 5xx is Unknown: a gateway may fail after the text was taken."""
        return self._created(message_id, to, body=body)

    def send_template(self, message_id: str, to: str, content: Content) -> Accepted:
        """Hand over a registered template's values; raises what ``send`` raises.

        Without a body: the provider refuses one beside a template's variables (35127).
        """
        variables = json.dumps(dict(content.variables), ensure_ascii=False)
        return self._created(message_id, to, content_sid=content.sid, content_variables=variables)

    def _created(self, message_id: str, to: str, **text: str) -> Accepted:
        callback = f"{self._public_base}/hooks/twilio/status/{quote(message_id, safe='')}{CALLBACK_RETRIES}"
        messages = self._messages
        try:
            return _accepted(messages.create(to=to, status_callback=callback, **text, **self._sender))
        except SendingFailure:
            raise
        except Exception as fault:
            # Whatever else went wrong did so after the request left; and its words may quote the number.
            raise _translated(fault) from None

    def find(self, message_id: str, to: str, body: str, since: datetime, taken: Container[str] = ()) -> Accepted | None:
        """The text among those sent to this number since then; see Provider.

        Asked by sending date first, then without it: what still waits in the provider's queue has no date yet.
        """
        earliest = since.astimezone(UTC) - _SKEW
        for when in ({"date_sent_after": earliest}, {}):
            for message in self._listed(to, earliest, **when):
                if (message.body or "").endswith(body) and message.sid not in taken:
                    return _accepted(message)
        return None

    def _listed(self, to: str, earliest: datetime, **when: datetime) -> list[Any]:
        """What the provider took for a number since then, oldest first. A trial account puts words in front."""
        try:
            listed = self._messages.list(to=to, limit=_LOOKED_AT, page_size=_LOOKED_AT, **when)
            ours = [one for one in listed if one.direction != "inbound" and one.date_created >= earliest]
            return sorted(ours, key=lambda one: one.date_created)
        except Exception as fault:
            raise _unasked(fault) from None

    @cached_property
    def _messages(self) -> Any:
        # Loaded late and by name: it is heavy, untyped, and no web request needs it.
        from chalicelib.messaging.http import TimedHttpClient

        client = importlib.import_module("twilio.rest").Client(
            *self._account, http_client=TimedHttpClient(*self._limits)
        )
        if self._base_url:
            client.api.base_url = self._base_url
        return client.messages


def _accepted(message: Any) -> Accepted:
    if not message.sid:
        raise Unknown("unreadable_answer")
    return Accepted(message.sid, message.status or "", str(message.error_code or ""))


def _translated(fault: Exception) -> SendingFailure:
    status = getattr(fault, "status", None)
    if not isinstance(status, int):
        return Unknown("unreadable_answer")
    if status >= 500:
        return Unknown(f"http_{status}")
    code = str(getattr(fault, "code", "") or "")
    return failure(code if len(code) == 5 else f"http_{status}", status)


def _unasked(fault: Exception) -> TemporaryFailure:
    if not isinstance(fault, SendingFailure):
        fault = _translated(fault)
    if isinstance(fault, TemporaryFailure):
        return fault
    return TemporaryFailure(fault.code, fault.reason)
