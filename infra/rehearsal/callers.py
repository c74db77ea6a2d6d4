"""Who calls in a rehearsal: a browser without script, and a program with an API key. Plain HTTP, with time limits."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

POOL = urllib3.PoolManager(maxsize=8, retries=False, timeout=urllib3.Timeout(connect=2, read=29))
"""29 seconds: longer than that API Gateway does not wait either."""


class Unexpected(Exception):
    """An answer that the journey cannot go on with; the message says which, without anything personal."""


def _asked(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
    try:
        return POOL.request(method, url, body=body, headers=headers, redirect=False)
    except urllib3.exceptions.HTTPError as error:
        raise Unexpected(f"{method} got no answer: {type(error).__name__}") from error


@dataclass
class Browser:
    """Keeps cookies and reads hidden fields; ``text`` is the page it last saw, ``path`` its last address."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    text: str = ""
    calls: int = 0

    def get(self, path: str) -> str:
        """The page at ``path``; raises Unexpected unless it is 200."""
        answer = self._ask("GET", path, None)
        if answer.status != 200:
            raise Unexpected(f"the page answered {answer.status}: {self._said()}")
        return self.text

    def submit(self, path: str, pairs: Iterable[tuple[str, str]], expected: int) -> str:
        """Post the form with the hidden fields of the page it is on; answers where it leads, or the page."""
        sent = [*self._hidden(path), *pairs]
        answer = self._ask("POST", path, urlencode(sent).encode())
        if answer.status != expected:
            raise Unexpected(f"the form answered {answer.status} instead of {expected}: {self._said()}")
        return self._path(str(answer.headers.get("location", "")))

    def _ask(self, method: str, path: str, body: bytes | None) -> urllib3.BaseHTTPResponse:
        headers = {"Accept": "text/html", "Accept-Language": "zh-Hans"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = _asked(method, f"{self.base}{path}", body, headers)
        self.calls += 1
        for cookie in answer.headers.getlist("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.text = answer.data.decode()
        return answer

    def _path(self, address: str) -> str:
        """The address below the public base, which has the stage's prefix in its path."""
        return address.removeprefix(self.base).removeprefix(urlsplit(self.base).path)

    def _hidden(self, action: str) -> list[tuple[str, str]]:
        forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', self.text, re.DOTALL)
        mine = "".join(content for target, content in forms if self._path(unescape(target)).partition("?")[0] == action)
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', mine)
        return [(unescape(name), unescape(value)) for name, value in fields]

    def _said(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return re.sub(r"\s+", " ", found[1]).strip() if found else self.text[:120]


@dataclass
class Program:
    """The JSON API with a key, or with none."""

    base: str
    key: str = ""
    calls: int = 0

    def __call__(self, method: str, path: str, body: Any = None, *, status: int = 200, etag: str = "") -> Any:
        """The answer's JSON; raises Unexpected unless its status is ``status``."""
        answer, found = self._ask(method, path, body, etag)
        if answer.status != status:
            raise Unexpected(f"{method} answered {answer.status} instead of {status}: {found.get('title', '')}")
        return found

    def verb(self, case_id: str, verb: str, body: Any = None) -> Any:
        """A verb of a traveller, on the case as it is now."""
        answer, _ = self._ask("GET", f"/travellers/{case_id}", None, "")
        return self("POST", f"/travellers/{case_id}/{verb}", body or {}, etag=str(answer.headers.get("etag", "")))

    def _ask(self, method: str, path: str, body: Any, etag: str) -> tuple[urllib3.BaseHTTPResponse, Any]:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self.key}"} if self.key else {}
        headers |= {"If-Match": etag} if etag else {}
        data = None if body is None else json.dumps(body).encode()
        answer = _asked(method, f"{self.base}/api/v1{path}", data, headers)
        self.calls += 1
        try:
            return answer, json.loads(answer.data or b"null")
        except ValueError as error:
            raise Unexpected(f"{method} answered {answer.status}, and no JSON") from error
