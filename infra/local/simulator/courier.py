"""Moves messages on and tells their sender, in the background, as late and as often as the faults ask for."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlencode

import urllib3

from chalicelib.messaging.signature import HEADER, sign
from infra.local.simulator.store import Errand, Message, Store

RETRIES = 5
FIRST_RETRY = 0.25
"""Seconds before the first retry of a callback; each further one waits twice as long."""
INBOUND = "received"
"""The one state that a text from a phone reaches."""
NOBODY_ANSWERED = 11200
"""The provider's code for a callback that failed."""
_WORKERS = 8
_LIMITS = urllib3.Timeout(connect=2, read=10)


class Courier:
    """Threads that run errands when they are due. ``answered`` gets the body of what an inbound text was answered."""

    def __init__(self, store: Store, token: str, public_base: str, answered: Callable[[Message, str], None]) -> None:
        self._store, self._token, self._answered = store, token, answered
        self._inbound = f"{public_base.rstrip('/')}/hooks/twilio/inbound"
        self._http = urllib3.PoolManager(maxsize=_WORKERS, timeout=_LIMITS, retries=False)
        self._workers = ThreadPoolExecutor(_WORKERS, "courier")
        self._wake = threading.Condition()
        self._due: list[tuple[float, int, Errand]] = []
        self._order = itertools.count()
        self._stopped = False
        self._loop = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier run left undone."""
        self.take(self._store.errands())
        self._loop.start()

    def stop(self) -> None:
        """Finish the errands under way; the rest stays in the store."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        self._loop.join()
        self._workers.shutdown(wait=True, cancel_futures=True)
        self._http.clear()

    def take(self, errands: Sequence[Errand]) -> None:
        """Remember errands for when they are due."""
        with self._wake:
            for errand in errands:
                heapq.heappush(self._due, (errand.due, next(self._order), errand))
            self._wake.notify()

    def _run(self) -> None:
        while errand := self._next():
            self._workers.submit(self._perform, errand)

    def _next(self) -> Errand | None:
        with self._wake:
            while not self._stopped:
                wait = self._due[0][0] - time.time() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)[2]
                self._wake.wait(wait)
        return None

    def _perform(self, errand: Errand) -> None:
        message = self._store.message(errand.sid) if errand.status == INBOUND else self._moved(errand)
        if message is None or not errand.told or self._told(message, errand):
            self._store.done(errand)
        elif errand.attempts < RETRIES:
            self._again(errand)
        else:
            self._give_up(errand)

    def _moved(self, errand: Errand) -> Message | None:
        return self._store.advance(errand.sid, errand.status, errand.code, time.time())

    def _again(self, errand: Errand) -> None:
        pause = FIRST_RETRY * 2**errand.attempts
        later = replace(errand, attempts=errand.attempts + 1, due=time.time() + pause)
        self._store.again(later)
        self.take([later])

    def _give_up(self, errand: Errand) -> None:
        if errand.status == INBOUND:
            self._store.advance(errand.sid, "failed", NOBODY_ANSWERED, time.time())
        self._store.done(errand)

    def _told(self, message: Message, errand: Errand) -> bool:
        if errand.status == INBOUND:
            return self._told_inbound(message)
        return not message.callback or self._post(message.callback, status_fields(message, errand)) is not None

    def _told_inbound(self, message: Message) -> bool:
        answer = self._post(self._inbound, inbound_fields(message))
        if answer is None:
            return False
        self._store.advance(message.sid, INBOUND, 0, time.time())
        self._answered(message, answer)
        return True

    def _post(self, url: str, fields: dict[str, str]) -> str | None:
        """The answer's body, or None when there was none or it was an error."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            HEADER: sign(self._token, url, fields),
        }
        try:
            answer = self._http.request(
                "POST", url.partition("#")[0], body=urlencode(fields), headers=headers, redirect=False
            )
        except (urllib3.exceptions.HTTPError, OSError):
            return None
        return answer.data.decode("utf-8", "replace") if answer.status < 300 else None


def status_fields(message: Message, errand: Errand) -> dict[str, str]:
    """What the provider tells about a state."""
    fields = {
        "AccountSid": message.account,
        "ApiVersion": "2010-04-01",
        "From": message.sender,
        "MessageSid": message.sid,
        "MessageStatus": errand.status,
        "SmsSid": message.sid,
        "SmsStatus": errand.status,
        "To": message.recipient,
    }
    if message.service:
        fields["MessagingServiceSid"] = message.service
    if errand.code:
        fields["ErrorCode"] = str(errand.code)
    return fields


def inbound_fields(message: Message) -> dict[str, str]:
    """What the provider tells about a text that came in; some of it is always blank."""
    blank = dict.fromkeys(("FromCity", "FromState", "FromZip", "ToCity", "ToState", "ToZip"), "")
    return blank | {
        "AccountSid": message.account,
        "ApiVersion": "2010-04-01",
        "Body": message.body,
        "From": message.sender,
        "MessageSid": message.sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.recipient,
    }
