"""A browser for tests: keeps cookies, reads forms and their tokens, follows redirects. It runs no script."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from argon2 import PasswordHasher
from chalice import Blueprint, Chalice
from chalice.test import Client

from chalicelib.access import tokens
from chalicelib.access.gate import Gate
from chalicelib.access.passwords import Passwords
from chalicelib.access.ports import AccessStore
from chalicelib.domain.officers import Account, Officer, Session
from chalicelib.web.cookies import SESSION
from chalicelib.web.entrance import Entrance
from tests.access.memory import MemoryAccess

NOW = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
PASSWORD = "seven lanterns by the river"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@dataclass
class Clock:
    """A clock that stands until a test sets it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def entrance_for(
    store: AccessStore | None = None, clock: Clock | None = None, base: str = "http://127.0.0.1:8000"
) -> Entrance:
    """An entrance with its own store (in memory unless given), a standing clock and quick hashes."""
    return Entrance(Gate(store or MemoryAccess(), clock or Clock(), QUICK), base)


def app_of(*blueprints: Blueprint) -> Chalice:
    """An app with nothing but these blueprints."""
    app = Chalice(app_name="test")
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app


def officer(*desks: str, district: str | None = None, officer_id: str = "0fficer", language: str = "") -> Officer:
    """An officer at these desks, named after the first."""
    return Officer(
        officer_id=officer_id, username=f"{desks[0]}.one", display_name=f"{desks[0]}.one", desks=frozenset(desks),
        district=district, language=language,
    )  # fmt: skip


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "form":
            self.forms.append({"action": named.get("action"), "fields": {}})
        elif self.forms and tag in ("input", "button") and named.get("name"):
            checked = named.get("type") not in ("checkbox", "radio") or "checked" in named
            if checked and tag == "input":
                self.forms[-1]["fields"][named["name"]] = named.get("value") or ""


@dataclass
class Answer:
    """A response: ``forms`` as they stand in the page, hidden fields included."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def forms(self) -> list[dict[str, Any]]:
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms


@dataclass
class Browser:
    """One person's browser, in front of ``app`` and behind ``entrance``."""

    app: Chalice
    entrance: Entrance
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, who: Officer) -> "Browser":
        """Hold a session of this officer, without the sign-in page; the account is made when there is none."""
        store, now = self.entrance.gate.store, self.entrance.gate.clock()
        if store.account(who.officer_id) is None:
            store.add_account(Account(officer=who, password_hash="-"))
        secret = tokens.new_secret()
        session = Session(
            officer_id=who.officer_id, digest=tokens.digest(secret), credential=0, opened_at=now, seen_at=now
        )
        store.open_session(session)
        self.cookies[self._name(SESSION)] = f"{who.officer_id}.{secret}"
        return self

    def _name(self, plain: str) -> str:
        return f"__Host-{plain}" if self.entrance.https else plain

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.ask("GET", path, b"", headers or {})

    def post(self, path: str, fields: dict[str, Any], *, token: bool = True) -> Answer:
        """Post a form; ``token`` adds the one that belongs to this browser's session."""
        bound_to = self.cookies.get(self._name(SESSION)) or self.cookies.get(self._name("ws_visit"), "")
        sent = {"csrf_token": tokens.csrf_token(bound_to), **fields} if token else fields
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(sent, doseq=True).encode(), kind)

    def submit(self, form: dict[str, Any], **fields: Any) -> Answer:
        """Post a form that a page showed, with these fields filled in."""
        return self.post(form["action"], {**form["fields"], **fields}, token=False)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        sent = {"accept-language": self.language, "accept": "text/html", **headers}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with Client(self.app) as client:
            response = client.http.request(method, path, headers=sent, body=body)
        self._keep(response.headers)
        received: dict[str, Any] = response.headers
        flat = {name.lower(): value for name, value in received.items() if isinstance(value, str)}
        return Answer(response.status_code, flat, response.body.decode())

    def follow(self, answer: Answer) -> Answer:
        """Where a redirect leads."""
        return self.get(answer.headers["location"].removeprefix(self.entrance.prefix))

    def _keep(self, headers: dict[str, Any]) -> None:
        for name, value in headers.items():
            if name.lower() != "set-cookie":
                continue
            for cookie in value if isinstance(value, list) else [value]:
                pair, _, attributes = cookie.partition(";")
                key, _, content = pair.partition("=")
                if "Max-Age=0" in attributes:
                    self.cookies.pop(key, None)
                else:
                    self.cookies[key] = content
