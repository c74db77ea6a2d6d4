"""What the simulator answers besides the provider's API: the page of phones, and JSON about what was sent."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from infra.local.simulator import page, provider
from infra.local.simulator.faults import BadFaults, Faults, parse
from infra.local.simulator.provider import Refusal
from infra.local.simulator.provider_api import CONTENT, ProviderApi
from infra.local.simulator.store import Message

ROUTES = {
    ("GET", "/"): "page",
    ("GET", "/phones"): "phones",
    ("GET", "/messages"): "messages",
    ("GET", "/faults"): "faults",
    ("GET", "/healthz"): "health",
    ("POST", "/reply"): "reply",
    ("PUT", "/faults"): "set_faults",
}


class Handler(ProviderApi):
    """Every route."""

    def route(self) -> None:
        """Answer the request; a refusal is answered as the provider words its own."""
        parts = urlsplit(self.path)
        # A "+" of a number that somebody typed unescaped is a plus all the same.
        self.query = dict(parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True))
        try:
            self.body = self.read()
            self._answer("GET" if self.command == "HEAD" else self.command, unquote(parts.path))
        except Refusal as refusal:
            self.answer_json(refusal.document(), refusal.status)

    def _answer(self, method: str, path: str) -> None:
        if name := ROUTES.get((method, path)):
            getattr(self, f"_{name}")()
        elif path.startswith("/2010-04-01/") or path == CONTENT:
            self.answer_provider(path)
        elif path.startswith("/static/") and method == "GET":
            self.answer_static(path.removeprefix("/static/"))
        else:
            raise provider.not_found(path)

    def _page(self) -> None:
        text = page.whole(self.simulator.store, self.query.get("to", ""), self.query.get("every", ""))
        self.answer_html(text)

    def _phones(self) -> None:
        since = self.query.get("since", "0")
        number = int(since) if since.isdecimal() else 0
        self.answer_json(page.changed(self.simulator.store, self.query.get("to", ""), number))

    def _messages(self) -> None:
        held = self.simulator.store.to(self.query.get("to", ""))
        self.answer_json({"items": [_item(message) for message in held]})

    def _reply(self) -> None:
        self._refuse_other_sites()
        form, scripted = self.form(), "application/json" in self.headers.get("Accept", "")
        sender, body, to = form.get("from", "").strip(), form.get("body", ""), form.get("to", "")
        try:
            message = self.simulator.reply(sender, body, to)
        except Refusal as refusal:
            if scripted:
                raise
            self.answer_html(page.refused(refusal.message), refusal.status)
            return
        if scripted:
            self.answer_json(_item(message), 201)
        else:
            back = f"/?to={quote(form.get('filter', ''))}#{page.anchor(message.phone)}"
            self.answer(303, b"", "text/plain", {"Location": back})

    def _faults(self) -> None:
        self.answer_json(_shown(self.simulator.chance.faults))

    def _set_faults(self) -> None:
        self._refuse_other_sites()
        try:
            faults = parse(json.loads(self.body))
        except (BadFaults, ValueError) as fault:
            self.answer_json({"error": str(fault)}, 422 if isinstance(fault, BadFaults) else 400)
        else:
            self.simulator.chance.set(faults)
            self._faults()

    def _health(self) -> None:
        self.answer_json({"status": "ok"})

    def _refuse_other_sites(self) -> None:
        origin = self.headers.get("Origin")
        if origin not in (None, f"http://{self.headers.get('Host')}", f"https://{self.headers.get('Host')}"):
            raise Refusal(403, 20006, "Only this page may do that")


def _item(message: Message) -> dict[str, Any]:
    return {
        "sid": message.sid,
        "to": message.recipient,
        "from": message.sender,
        "body": message.body,
        "status": message.status,
        "created": datetime.fromtimestamp(message.created, UTC).isoformat(timespec="milliseconds"),
    }


def _shown(faults: Faults) -> dict[str, Any]:
    return {**vars(faults), "reject": dict(faults.reject)}
