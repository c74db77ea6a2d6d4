"""The simulator itself: takes texts in and sends replies back, and owns the store, the courier and the faults."""

import secrets
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.local.simulator import provider
from infra.local.simulator.contents import Contents
from infra.local.simulator.courier import INBOUND, Courier
from infra.local.simulator.faults import Chance
from infra.local.simulator.store import Errand, Message, Store

NUMBER = "+15005550006"
"""Sends for a messaging service, and receives where nobody has texted yet."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """One account; ``public_base`` is where replies go; ``callback_delay`` is seconds from one state to the next.

    ``clock`` dates the texts, in seconds since 1970: whoever moves the time of the product moves the provider's too.
    """

    account_sid: str
    auth_token: str
    state: Path
    public_base: str
    callback_delay: float = 0.1
    clock: Callable[[], float] = time.time


class Simulator:
    """Everything but the HTTP server."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.chance = Chance()
        self.contents = Contents()
        self.store = Store(options.state)
        self._courier = Courier(self.store, options.auth_token, options.public_base, self._answered)

    def start(self) -> None:
        """Begin to call back, with what an earlier run left undone."""
        self._courier.start()

    def stop(self) -> None:
        """Finish what is under way and put the file away."""
        self._courier.stop()
        self.store.close()

    def create(self, form: Mapping[str, str]) -> Message:
        """Take one text as the provider would; raises Refusal."""
        form = {**form, "Body": self.contents.body(form)}
        provider.check(form)
        code = self.chance.faults.reject.get(form["To"], 0)
        if code and not _comes_later(code):
            raise provider.rejected(code)
        service = form.get("MessagingServiceSid", "")
        return self._kept(
            recipient=form["To"],
            sender=form.get("From") or NUMBER,
            body=form["Body"],
            status="accepted" if service else "queued",
            direction="outbound-api",
            service=service,
            callback=form.get("StatusCallback", ""),
            code=code,
        )

    def reply(self, phone: str, body: str, to: str = "") -> Message:
        """A text from a phone, to who texted it last unless ``to`` says otherwise; raises Refusal."""
        to = to or self.store.last_sender(phone) or NUMBER
        provider.check({"To": phone, "From": to, "Body": body})
        return self._kept(recipient=to, sender=phone, body=body, status="receiving", direction="inbound")

    def _answered(self, message: Message, twiml: str) -> None:
        for body in _texts_in(twiml):
            self._kept(
                recipient=message.phone,
                sender=message.recipient,
                body=body,
                status="queued",
                direction="outbound-reply",
            )

    def _kept(
        self,
        *,
        recipient: str,
        sender: str,
        body: str,
        status: str,
        direction: str,
        service: str = "",
        callback: str = "",
        code: int = 0,
    ) -> Message:
        now, dated = time.time(), self.options.clock()
        message = Message(
            sid=f"SM{secrets.token_hex(16)}",
            phone=sender if direction == "inbound" else recipient,
            account=self.options.account_sid,
            recipient=recipient,
            sender=sender,
            body=body,
            status=status,
            direction=direction,
            service=service,
            callback=callback,
            created=dated,
            updated=dated,
        )
        self._courier.take(self.store.add(message, self._errands(message, code, now)))
        return message

    def _errands(self, message: Message, code: int, now: float) -> list[Errand]:
        if message.direction == "inbound":
            return [Errand(sid=message.sid, status=INBOUND, due=now)]
        states = [("queued", 0)] if message.service else []
        states += [("sent", 0), ("undelivered", code)] if code else [("sent", 0), ("delivered", 0)]
        return [
            errand
            for place, (status, fault) in enumerate(states, 1)
            for errand in self._callbacks(message.sid, status, fault, now + self.options.callback_delay * place)
        ]

    def _callbacks(self, sid: str, status: str, code: int, due: float) -> list[Errand]:
        """One state, and as many callbacks about it as the faults allow."""
        faults, delay = self.chance.faults, self.options.callback_delay
        told = not self.chance.strikes(faults.lose_callbacks)
        copies = 2 if told and self.chance.strikes(faults.duplicate_callbacks) else 1
        late = [
            self.chance.between(0, 4 * delay) if self.chance.strikes(faults.shuffle_callbacks) else 0.0
            for _ in range(copies)
        ]
        return [Errand(sid=sid, status=status, code=code, due=due + wait, told=told) for wait in late]


def _comes_later(code: int) -> bool:
    """Codes of delivery come with a callback, codes of the request at once."""
    return 30_000 <= code < 40_000


def _texts_in(twiml: str) -> list[str]:
    """The texts that an answer asks to be sent back; nothing when it is not the provider's markup."""
    try:
        root = ElementTree.fromstring(twiml)
    except ElementTree.ParseError:
        return []
    texts = ["".join(element.itertext()).strip() for element in root.iter("Message")] if root.tag == "Response" else []
    return [text for text in texts if text]
