"""One request of the API as its handlers see it, and what they answer with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from chalicelib.actions.ports import Ports
from chalicelib.domain.errors import FieldError, Invalid, NotSignedIn, WaystationError
from chalicelib.domain.officers import Officer
from chalicelib.web import language as languages
from chalicelib.web.api.reading import read
from chalicelib.wiring import Wiring, wiring

DEFAULT_LIMIT, MOST = 50, 200
B = TypeVar("B")


class Required(WaystationError):
    """428: a change without the ETag that it builds on."""

    code = "if_match_required"


@dataclass(frozen=True)
class Answer:
    """What a handler answers with: ``body`` a structure of answers.py, ``etag`` without quotes."""

    body: Any
    status: int = 200
    etag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[..., Answer]


@dataclass
class Call:
    """``raw`` is the body's JSON, ``ports`` what actions get, ``known`` whose key it came with, None without one."""

    wiring: Wiring
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    language: str
    ports: Ports
    known: Officer | None = None
    raw: Any = None

    @classmethod
    def of(cls, request: Any) -> "Call":
        """A request as it comes in: nobody known yet, no body read."""
        here, query = wiring(), request.query_params or {}
        return cls(
            wiring=here, method=request.method, path=request.context.get("path", request.path),
            query={name: query[name] for name in query}, headers=request.headers, ports=here.ports,
            language=languages.choose(accepted=request.headers.get("accept-language", "")),
        )  # fmt: skip

    def speak(self, language: str) -> None:
        """From here on errors are in ``language``, unless the request's own header asks for one that we speak."""
        self.language = languages.choose(accepted=f"{self.headers.get('accept-language', '')},{language};q=0.001")

    @property
    def officer(self) -> Officer:
        """Whose key; raises NotSignedIn for a request without one."""
        if self.known is None:
            raise NotSignedIn
        return self.known

    def body(self, kind: type[B]) -> B:
        """The body as a type; raises Invalid."""
        return read(kind, self.raw)

    @property
    def matches(self) -> bool:
        """Whether an ETag was sent that the change builds on."""
        return bool(self.headers.get("if-match", "").strip())

    @property
    def if_match(self) -> str | None:
        """The ETag that the change builds on, or None when none was sent or any will do."""
        sent = self.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        return None if sent in ("", "*") else sent

    def demanded_match(self) -> str | None:
        """The same where a change without one is refused; raises Required."""
        if not self.matches:
            raise Required
        return self.if_match

    @property
    def limit(self) -> int:
        """How many items a page of a list may have; raises Invalid for what is no number."""
        asked = self.query.get("limit", "")
        if not asked:
            return DEFAULT_LIMIT
        if not (asked.isascii() and asked.isdecimal() and int(asked[:9])):
            raise Invalid((FieldError("limit", "out_of_range"),))
        return min(int(asked[:9]), MOST)

    @property
    def key(self) -> str:
        """The idempotency key, empty when none was sent."""
        return str(self.headers.get("idempotency-key", "")).strip()

    @property
    def credentials(self) -> tuple[str, str]:
        """Scheme, lower case, and token of the Authorization header; empty without one."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return scheme.lower(), token.strip()
