"""The HTTP client beneath the official provider client: time limits, a pool, and failures told apart."""

import logging
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import certifi
import urllib3
from urllib3 import exceptions as faults

from chalicelib.domain.failures import Kind, TemporaryFailure, Unknown

IDLE = 20.0
"""Seconds after which a kept connection is not trusted: a frozen function does not see the other side hang up."""

_NOT_SENT = (faults.NewConnectionError, faults.ConnectTimeoutError, faults.ClosedPoolError, faults.LocationParseError)


@dataclass(frozen=True)
class Answer:
    """What the official client reads of a response."""

    status_code: int
    text: str
    headers: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Whether it is not an error."""
        return self.status_code < 400


class TimedHttpClient:
    """Speaks for the official client, in its shape. ``connect`` and ``read`` are seconds.

    Raises TemporaryFailure when nothing left this machine, and Unknown for whatever happens after that.
    It never follows, never retries, and writes no logs: a list's URL holds a phone number.
    """

    is_async = False

    def __init__(self, connect: float, read: float, pool: int, idle: float = IDLE) -> None:
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
        self._pools = urllib3.PoolManager(
            maxsize=pool,
            timeout=urllib3.Timeout(connect=connect, read=read),
            retries=False,
            ca_certs=certifi.where(),
        )
        self._idle, self._used = idle, time.monotonic()
        self._lock = Lock()

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Answer:
        """One request, one answer; ``timeout`` and ``allow_redirects`` are the official client's and have no say."""
        self._forget_idle_connections()
        address = f"{url}?{urlencode(params, doseq=True)}" if params else url
        body = urlencode(data, doseq=True) if data else None
        return self._asked(method, address, body, {**(headers or {}), **_authorization(auth)})

    def _asked(self, method: str, url: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        # "from None" throughout: the official and the lower exceptions quote numbers and addresses.
        try:
            answer = self._pools.request(method, url, body=body, headers=headers, redirect=False)
        except _NOT_SENT:
            raise TemporaryFailure("no_connection") from None
        except faults.SSLError as fault:
            if _is_bad_certificate(fault):
                raise TemporaryFailure("bad_certificate", kind=Kind.CONFIGURATION) from None
            raise Unknown("connection_broke") from None
        except faults.TimeoutError:
            raise Unknown("no_answer_in_time") from None
        except (faults.HTTPError, OSError):
            raise Unknown("connection_broke") from None
        return Answer(answer.status, answer.data.decode("utf-8", "replace"), answer.headers)

    def close(self) -> None:
        """Give the connections back."""
        self._pools.clear()

    def _forget_idle_connections(self) -> None:
        with self._lock:
            now = time.monotonic()
            if now - self._used > self._idle:
                self._pools.clear()
            self._used = now


def _authorization(auth: tuple[str, str] | None) -> dict[str, Any]:
    return urllib3.make_headers(basic_auth=":".join(auth)) if auth else {}


def _is_bad_certificate(fault: faults.SSLError) -> bool:
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in (*fault.args, fault.__cause__))
