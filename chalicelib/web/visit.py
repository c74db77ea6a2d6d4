"""One request for a page: who asks, in which language, with what; and how to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from chalice import Response

from chalicelib.access import tokens
from chalicelib.domain.desks import allowed, check_may
from chalicelib.domain.errors import NotSignedIn
from chalicelib.domain.officers import Officer
from chalicelib.web import language as languages
from chalicelib.web import mode as modes
from chalicelib.web.catalogues import sentence
from chalicelib.web.cookies import NOTICE, NOTICE_LASTS, SESSION, VISIT, Cookies, Notice
from chalicelib.web.forms import Posted


@dataclass
class Visit:
    """What a page's view is given. ``path`` is concrete and without the public base's prefix."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Posted
    headers: Mapping[str, str]
    cookies: Cookies
    actor: Officer | None
    language: str
    prefix: str
    public_base: str
    now: datetime
    stored: bool = True
    mode: str = ""
    set_cookies: list[str] = field(default_factory=list)

    @property
    def officer(self) -> Officer:
        """Who is signed in; raises NotSignedIn."""
        if self.actor is None:
            raise NotSignedIn
        return self.actor

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages of this page: officers' pages speak fewer than those of travellers."""
        return languages.OFFICERS if self.path.startswith("/console") else tuple(languages.LANGUAGES)

    def may(self, verb: str) -> bool:
        """Whether the officer's desks may do ``verb``: for what to show; actions check for themselves."""
        return self.actor is not None and allowed(check_may, self.actor, verb)

    def url(self, path: str, **query: str) -> str:
        """An address inside the product, prefix included; ``path`` starts with a slash and is quoted already."""
        return f"{self.prefix}{path}" + (f"?{urlencode(query)}" if query else "")

    def say(self, message: str, /, **values: Any) -> str:
        """A sentence marked with ``N_``, in the page's language."""
        return sentence(self.language, message, **values)

    @property
    def csrf_token(self) -> str:
        """The hidden field of every form that an officer posts. A visitor without a session gets a cookie for it."""
        bound_to = self.cookies.get(SESSION) or self.cookies.get(VISIT)
        if not bound_to:
            bound_to = tokens.new_secret()
            self.cookies.sent[self.cookies.jar.name(VISIT)] = bound_to
            self.set_cookies.append(self.cookies.jar.set(VISIT, bound_to))
        return tokens.csrf_token(bound_to)

    def render(
        self, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> Response:
        """The page as a response; ``values`` are what the template needs beside the page's own."""
        from chalicelib.web.rendering import render  # with the first page: Jinja is large

        notice = Notice.decoded(self.cookies.get(NOTICE)) if self.stored and self.cookies.get(NOTICE) else None
        if notice:
            self.set_cookies.append(self.cookies.jar.drop(NOTICE))
        html = render(template, self.language, visit=self, notice=notice, **values)
        return self.answer(html, status, {"Content-Type": "text/html; charset=utf-8", **(headers or {})})

    def redirect(self, path: str, notice: str = "", kind: str = "done") -> Response:
        """See other (303), to ``path`` inside the product; ``notice`` is shown there once."""
        if notice:
            self.set_cookies.append(self.cookies.jar.set(NOTICE, Notice(notice, kind).encoded(), NOTICE_LASTS))
        return self.answer("", 303, {"Location": self.url(safe_path(path))})

    def answer(self, body: str, status: int, headers: Mapping[str, str]) -> Response:
        """Any response, with the cookies that this visit sets."""
        cookies = {"Set-Cookie": list(self.set_cookies)} if self.set_cookies and self.stored else {}
        return Response(body, status_code=status, headers={**headers, **cookies})

    @property
    def other_mode(self) -> str:
        """The address of this page in the other mode; one that keeps no cookie has the usual mode under its own."""
        kept = {name: value for name, value in self.query.items() if name != modes.ASKED}
        usual = {modes.ASKED: modes.USUAL} if self.stored else {}
        return self.url(self.path, **kept, **(usual if self.mode else {modes.ASKED: modes.ELDER}))

    def choices(self) -> tuple[languages.Choice, ...]:
        """The language chooser of this page."""
        return languages.chooser(self.url(self.path), self.query, self.language, self.offered)


def safe_path(path: str, otherwise: str = "/console") -> str:
    """``path`` when it leads inside the product, else ``otherwise``: no other host, no control characters."""
    inside = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if inside and path.isascii() and path.isprintable() else otherwise


def concrete_path(pattern: str, arguments: Mapping[str, str]) -> str:
    """A route's pattern with its arguments in place, quoted; some gateways hand them over quoted already."""
    for name, value in arguments.items():
        pattern = pattern.replace("{" + name + "}", quote(value, safe="%~"))
    return pattern
