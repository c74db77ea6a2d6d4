"""The public face as a program calls it: time limits, retries with the same Idempotency-Key, and a bounded crowd."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3

CROWD = 12
"""Calls at a time: a hall full of phones, and a machine that stays usable."""
TRIES = 6
PAUSE = 0.25
"""Seconds before the second try; each further one waits twice as long."""
PAGE = 200
PASSING = frozenset({429, 500, 502, 503, 504})
POOL = urllib3.PoolManager(maxsize=CROWD, retries=False, timeout=urllib3.Timeout(connect=2, read=30))


class Unreachable(Exception):
    """Nobody answers at the address, however often it is tried."""


class Refused(Exception):
    """An answer that is no success: ``status``, and the ``code`` that the API gives the reason. Nothing personal."""

    def __init__(self, method: str, path: str, status: int, body: Any) -> None:
        said = body if isinstance(body, dict) else {}
        self.status, self.code = status, str(said.get("code", ""))
        faults = ", ".join(f"{fault['field']} {fault['code']}" for fault in said.get("errors", ()))
        super().__init__(f"{method} {path} answered {status} {self.code} {faults}".rstrip())


@dataclass(frozen=True)
class Reply:
    """``body`` is the JSON that came, ``etag`` as it was sent."""

    status: int
    body: Any
    etag: str


@dataclass(frozen=True)
class Client:
    """The JSON API below ``base``; ``key`` is empty for a traveller's phone, ``pause`` in seconds."""

    base: str
    key: str = ""
    pause: float = PAUSE

    def check_alive(self) -> None:
        """Ask once whether anybody is there; raises Unreachable."""
        try:
            answer = POOL.request("GET", f"{self.base}/healthz", headers={"Accept": "application/json"})
        except urllib3.exceptions.HTTPError:
            raise Unreachable(f"{self.base} does not answer.") from None
        if answer.status != 200:
            raise Unreachable(f"{self.base} is not well: its health says {answer.status}.")

    def get(self, path: str) -> Reply:
        """Raises Unreachable, Refused."""
        return self.ask("GET", path)

    def post(self, path: str, body: Any, key: str, etag: str = "") -> Any:
        """The answer's JSON; ``key`` makes a repetition harmless, ``etag`` is what the change builds on."""
        return self.ask("POST", path, body, {"Idempotency-Key": key, **({"If-Match": etag} if etag else {})}).body

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        """One request, tried again while the trouble may pass; raises Unreachable, Refused."""
        for attempt in range(TRIES):
            time.sleep(self.pause * (2**attempt - 1))
            try:
                answer = self._once(method, path, body, headers or {})
            except urllib3.exceptions.HTTPError:
                continue
            if answer.status not in PASSING or attempt == TRIES - 1:
                return _checked(method, path, answer)
        raise Unreachable(f"{self.base} does not answer.")

    def _once(self, method: str, path: str, body: Any, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        sent = {"Accept": "application/json", **headers}
        sent |= {"Authorization": f"Bearer {self.key}"} if self.key else {}
        sent |= {} if body is None else {"Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        return POOL.request(method, f"{self.base}/api/v1{path}", body=data, headers=sent)

    def every(self, path: str, **query: str) -> Iterator[dict[str, Any]]:
        """All items of a list, page by page."""
        cursor: str | None = ""
        while cursor is not None:
            asked = {**query, "limit": str(PAGE), **({"cursor": cursor} if cursor else {})}
            page = self.get(f"{path}?{urlencode(asked)}").body
            yield from page["items"]
            cursor = page["next"]


def _checked(method: str, path: str, answer: urllib3.BaseHTTPResponse) -> Reply:
    try:
        body = json.loads(answer.data or b"null")
    except ValueError:
        body = None
    if not 200 <= answer.status < 300:
        raise Refused(method, path.partition("?")[0], answer.status, body)
    return Reply(answer.status, body, str(answer.headers.get("etag", "")))
