"""Cookies: host-bound on https, plain on the http of a local stage; nothing in them says who anybody is."""

import base64
import json
from dataclasses import dataclass

SESSION, VISIT, NOTICE = "ws_session", "ws_visit", "ws_notice"
NOTICE_LASTS = 60


@dataclass(frozen=True)
class Jar:
    """Names and attributes of cookies, by whether the public base is https."""

    https: bool

    def name(self, plain: str) -> str:
        """The name as the browser knows it."""
        return f"__Host-{plain}" if self.https else plain

    def set(self, plain: str, value: str, max_age: int | None = None) -> str:
        """A Set-Cookie header; without ``max_age`` it goes with the browser."""
        lasts = "" if max_age is None else f"; Max-Age={max_age}"
        secure = "; Secure" if self.https else ""
        return f"{self.name(plain)}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{lasts}"

    def drop(self, plain: str) -> str:
        """A Set-Cookie header that removes it."""
        return self.set(plain, "", 0)

    def read(self, header: str) -> "Cookies":
        """The cookies of a request."""
        pairs = (part.strip().partition("=") for part in header.split(";"))
        return Cookies(self, {name: value for name, _, value in pairs if name})


@dataclass(frozen=True)
class Cookies:
    """What the browser sent, by plain name."""

    jar: Jar
    sent: dict[str, str]

    def get(self, plain: str) -> str:
        """The value, or nothing."""
        return self.sent.get(self.jar.name(plain), "")


@dataclass(frozen=True)
class Notice:
    """One sentence shown on the next page; ``kind`` is done, warning or problem."""

    text: str
    kind: str = "done"

    def encoded(self) -> str:
        """As a cookie's value."""
        return base64.urlsafe_b64encode(json.dumps([self.text, self.kind]).encode()).decode().rstrip("=")

    @classmethod
    def decoded(cls, value: str) -> "Notice | None":
        """From a cookie's value; None for what we never wrote."""
        try:
            text, kind = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        except ValueError:
            return None
        return cls(str(text), kind if kind in ("done", "warning", "problem") else "done")
