"""A small client of the JSON API for tests: plain HTTP, nothing of the product in it."""

import json
from dataclasses import dataclass, field
from typing import Any

import urllib3

POOL = urllib3.PoolManager(maxsize=32, retries=False, timeout=urllib3.Timeout(connect=2, read=60))


@dataclass
class Reply:
    """``body`` is the JSON that came."""

    status: int
    body: Any
    headers: Any

    @property
    def etag(self) -> str:
        """The ETag as sent."""
        return str(self.headers.get("etag", ""))


@dataclass
class Api:
    """``key`` is sent with every request unless it is empty."""

    base: str
    key: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, body: Any = None, raw: bytes | None = None, **headers: str) -> Reply:
        sent = {"Accept": "application/json", **self.headers}
        if self.key:
            sent["Authorization"] = f"Bearer {self.key}"
        if body is not None or raw is not None:
            sent["Content-Type"] = "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = raw if raw is not None else json.dumps(body).encode() if body is not None else None
        answer = POOL.request(method, f"{self.base}/api/v1{path}", body=data, headers=sent)
        text = answer.data.decode()
        return Reply(answer.status, json.loads(text) if text else None, answer.headers)

    def verb(self, case_id: str, verb: str, body: Any = None) -> Reply:
        """A verb of a traveller on what was just read."""
        etag = self("GET", f"/travellers/{case_id}").etag
        return self("POST", f"/travellers/{case_id}/{verb}", body or {}, If_Match=etag)
