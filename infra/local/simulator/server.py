"""The HTTP side: the provider's API, the page of phones, and JSON about what was sent."""

import base64
import hmac
import json
import socket
import socketserver
import threading
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from infra.local.simulator import page, provider
from infra.local.simulator.faults import BadFaults, Faults, parse
from infra.local.simulator.provider import Refusal
from infra.local.simulator.simulator import Options, Simulator
from infra.local.simulator.store import Message

LARGEST = 1 << 20
_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SimulatorServer(ThreadingHTTPServer):
    """A simulator that listens. ``with SimulatorServer(options) as server:`` serves from threads until it is left."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, options: Options, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), Handler)
        self.simulator = Simulator(options)
        self._open: set[socket.socket] = set()
        self._serving = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def base(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def server_bind(self) -> None:
        """Bind, without asking the network for a name of this machine."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "simulator", int(self.server_address[1])

    def __enter__(self) -> "SimulatorServer":
        self.simulator.start()
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop listening, hang up, finish the callbacks under way."""
        self.shutdown()
        self._serving.join()
        self.server_close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.simulator.stop()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, to hang up when stopping."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up."""


class Handler(BaseHTTPRequestHandler):
    """One request. Everything is answered in one write, so that no kept connection stalls."""

    protocol_version = "HTTP/1.1"
    server_version = "WaystationSimulator"
    sys_version = ""
    timeout = 60
    wbufsize = -1
    disable_nagle_algorithm = True
    server: SimulatorServer

    def do_GET(self) -> None:
        """Pages, lists and single messages."""
        self._routed({"/": self._page, "/phones": self._phones, "/messages": self._messages, "/faults": self._faults,
                      "/healthz": self._health})  # fmt: skip

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """A text to send, or a reply typed on the page."""
        self._routed({"/reply": self._reply})

    def do_PUT(self) -> None:
        """Other faults."""
        self._routed({"/faults": self._set_faults})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep no log: URLs hold numbers."""

    def _routed(self, routes: dict[str, Any]) -> None:
        self._parts = urlsplit(self.path)
        # A "+" of a number that somebody typed unescaped is a plus all the same.
        self._query = dict(parse_qsl(self._parts.query.replace("+", "%2B"), keep_blank_values=True))
        path = unquote(self._parts.path)
        try:
            self._body = self._read()
            if path in routes:
                routes[path]()
            elif path.startswith("/2010-04-01/"):
                self._provider(path)
            elif path.startswith("/static/") and self.command in ("GET", "HEAD"):
                self._static(path.removeprefix("/static/"))
            else:
                raise provider.not_found(path)
        except Refusal as refusal:
            self._json(refusal.document(), refusal.status)

    def _read(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST or self.headers.get("Transfer-Encoding"):
            self.close_connection = True
            raise Refusal(413, 20413, "Request Entity Too Large")
        return self.rfile.read(int(length))

    def _form(self) -> dict[str, str]:
        return dict(parse_qsl(self._body.decode("utf-8", "replace"), keep_blank_values=True))

    # --- the provider's API

    def _provider(self, path: str) -> None:
        account = self.server.simulator.options.account_sid
        self._authenticate()
        messages = f"/2010-04-01/Accounts/{account}/Messages"
        if path == f"{messages}.json" and self.command == "POST":
            self._create()
        elif path == f"{messages}.json" and self.command == "GET":
            held = self.server.simulator.store.to(self._query.get("To", ""), newest_first=True)
            self._json(provider.listed(path, self._query, held))
        elif path.startswith(f"{messages}/") and self.command == "GET":
            self._one(path)
        else:
            raise provider.not_found(path)

    def _authenticate(self) -> None:
        options = self.server.simulator.options
        expected = base64.b64encode(f"{options.account_sid}:{options.auth_token}".encode()).decode()
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), f"Basic {expected}".encode()):
            raise provider.unauthorized()

    def _one(self, path: str) -> None:
        message = self.server.simulator.store.message(path.rpartition("/")[2].removesuffix(".json"))
        if message is None:
            raise provider.not_found(path)
        self._json(provider.document(message))

    def _create(self) -> None:
        chance = self.server.simulator.chance
        faults = chance.faults
        if faults.delay_ms:
            threading.Event().wait(faults.delay_ms / 1000)
        if chance.strikes(faults.status_429):
            raise provider.too_many()
        if chance.strikes(faults.status_500):
            self._break()
        message = self.server.simulator.create(self._form())
        if chance.strikes(faults.drop_response):
            self.close_connection = True
            return
        self._json(provider.document(message), 201)

    def _break(self) -> None:
        """A 500 says nothing about whether the text was taken: half of them were."""
        if self.server.simulator.chance.strikes(0.5):
            self.server.simulator.create(self._form())
        raise provider.broken()

    # --- the page and its JSON

    def _page(self) -> None:
        text = page.whole(self.server.simulator.store, self._query.get("to", ""), self._query.get("every", ""))
        self._html(text)

    def _phones(self) -> None:
        since = self._query.get("since", "0")
        number = int(since) if since.isdecimal() else 0
        self._json(page.changed(self.server.simulator.store, self._query.get("to", ""), number))

    def _messages(self) -> None:
        held = self.server.simulator.store.to(self._query.get("to", ""))
        self._json({"items": [_item(message) for message in held]})

    def _reply(self) -> None:
        self._refuse_other_sites()
        form, scripted = self._form(), "application/json" in self.headers.get("Accept", "")
        sender, body, to = form.get("from", "").strip(), form.get("body", ""), form.get("to", "")
        try:
            message = self.server.simulator.reply(sender, body, to)
        except Refusal as refusal:
            if scripted:
                raise
            self._html(page.refused(refusal.message), refusal.status)
            return
        if scripted:
            self._json(_item(message), 201)
        else:
            back = f"/?to={quote(form.get('filter', ''))}#{page.anchor(message.phone)}"
            self._send(303, b"", "text/plain", {"Location": back})

    def _faults(self) -> None:
        self._json(_shown(self.server.simulator.chance.faults))

    def _set_faults(self) -> None:
        self._refuse_other_sites()
        try:
            faults = parse(json.loads(self._body))
        except (BadFaults, ValueError) as fault:
            self._json({"error": str(fault)}, 422 if isinstance(fault, BadFaults) else 400)
        else:
            self.server.simulator.chance.set(faults)
            self._faults()

    def _health(self) -> None:
        self._json({"status": "ok"})

    def _refuse_other_sites(self) -> None:
        origin = self.headers.get("Origin")
        if origin not in (None, f"http://{self.headers.get('Host')}", f"https://{self.headers.get('Host')}"):
            raise Refusal(403, 20006, "Only this page may do that")

    def _static(self, name: str) -> None:
        path = _STATIC / name
        if path.parent != _STATIC or path.suffix not in _TYPES or not path.is_file():
            raise provider.not_found(f"/static/{name}")
        self._send(200, path.read_bytes(), _TYPES[path.suffix])

    def _json(self, document: Any, status: int = 200) -> None:
        self._send(status, json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"), "application/json")

    def _html(self, text: str, status: int = 200) -> None:
        self._send(status, text.encode(), "text/html; charset=utf-8", {"Content-Security-Policy": _POLICY})

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        fixed = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store",
                 "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}  # fmt: skip
        for name, value in (fixed | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


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
