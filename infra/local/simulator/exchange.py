"""One HTTP exchange: what was sent, read within limits, and the answer in one write. Nothing here knows of phones."""

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from infra.local.simulator import provider
from infra.local.simulator.provider import Refusal

LARGEST = 1 << 20
_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Exchange(BaseHTTPRequestHandler):
    """One request. Everything is answered in one write, so that no kept connection stalls."""

    protocol_version = "HTTP/1.1"
    server_version = "WaystationSimulator"
    sys_version = ""
    timeout = 60
    wbufsize = -1
    disable_nagle_algorithm = True
    body = b""

    def do_GET(self) -> None:
        """Routed, as every method is."""
        self.route()

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 (the names that http.server looks for)

    def route(self) -> None:
        """Answer the request; a subclass knows how."""
        raise NotImplementedError

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep no log: URLs hold numbers."""

    def read(self) -> bytes:
        """The body, of a declared length of at most 1 MiB; raises Refusal 413."""
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST or self.headers.get("Transfer-Encoding"):
            self.close_connection = True
            raise Refusal(413, 20413, "Request Entity Too Large")
        return self.rfile.read(int(length))

    def form(self) -> dict[str, str]:
        """The fields of a posted form, blank ones too."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def document(self) -> Any:
        """The body as JSON; raises Refusal 400."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise Refusal(400, 20001, "The body is not JSON.") from None

    def answer_static(self, name: str) -> None:
        """A file of static/, by its bare name; raises Refusal 404."""
        path = _STATIC / name
        if path.parent != _STATIC or path.suffix not in _TYPES or not path.is_file():
            raise provider.not_found(f"/static/{name}")
        self.answer(200, path.read_bytes(), _TYPES[path.suffix])

    def answer_json(self, document: Any, status: int = 200) -> None:
        """``document`` as JSON."""
        self.answer(status, json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"), "application/json")

    def answer_html(self, text: str, status: int = 200) -> None:
        """A page, which may load nothing from elsewhere."""
        self.answer(status, text.encode(), "text/html; charset=utf-8", {"Content-Security-Policy": _POLICY})

    def answer(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        """Headers and body in one write; a HEAD gets no body."""
        self.send_response(status)
        fixed = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store",
                 "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}  # fmt: skip
        for name, value in (fixed | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
