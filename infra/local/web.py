"""The web part of the embedded run: Chalice's local server over this folder's sources, fit for a hall of phones."""

import argparse
import gzip
import signal
import sys
from types import FrameType
from typing import Any

from chalice.config import Config
from chalice.local import (
    ChaliceRequestHandler,
    LocalChalice,
    LocalDevServer,
    LocalGatewayException,
    ThreadedHTTPServer,
    create_local_server,
)

from infra import template

TIME_LIMIT_SECONDS = 29
JSON = "application/json"
NOT_FOUND = b'{"type": "about:blank", "title": "Not found", "status": 404}'
NOT_FOUND_PAGE = template.not_found_page()
COMPRESSED_FROM = 1024
"""Bytes from which an answer is compressed: what .chalice/config.json has API Gateway do on AWS."""


class Handler(ChaliceRequestHandler):
    """Answers in one packet: else every answer on a kept connection waits for the client's delayed acknowledgement."""

    wbufsize = -1
    disable_nagle_algorithm = True

    def _send_error_response(self, error: LocalGatewayException) -> None:
        """A path that no route has: 404, as the deployed API answers it: a page for a browser, else JSON."""
        page = "text/html" in self.headers.get("accept", "")
        kind, body = ("text/html; charset=utf-8", NOT_FOUND_PAGE.encode()) if page else (JSON, NOT_FOUND)
        self._send_http_response(404, {**error.headers, "Content-Type": kind}, body)

    def _send_http_response_with_body(self, code: int, headers: dict[str, Any], body: str | bytes) -> None:
        """Compressed for who takes gzip, as in front of the deployed API: every answer here is text or small."""
        whole = body.encode() if isinstance(body, str) else body
        if len(whole) >= COMPRESSED_FROM:
            varies = ", ".join([*filter(None, [headers.get("Vary")]), "Accept-Encoding"])
            headers = {**headers, "Vary": varies}
            if "gzip" in self.headers.get("accept-encoding", ""):
                headers, whole = {**headers, "Content-Encoding": "gzip"}, gzip.compress(whole, mtime=0)
        super()._send_http_response_with_body(code, headers, whole)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the application logs what matters, and a path here may be somebody's pass."""


class Server(ThreadedHTTPServer):
    """Takes a whole flight's phones at once; five waiting connections are the default."""

    request_queue_size = 256


def serve(host: str, port: int) -> LocalDevServer:
    """The server, listening; raises OSError when the port is taken."""
    from app import app

    config = Config.create(
        chalice_app=app,
        chalice_stage="local",
        lambda_timeout=TIME_LIMIT_SECONDS,
        project_dir=".",
    )
    if not isinstance(app, LocalChalice):
        # This gives the application a current request for each thread, once; the server that comes with it is not used.
        create_local_server(app, config, "127.0.0.1", 0).server.server_close()
    return LocalDevServer(app, config, host, port, handler_cls=Handler, server_cls=Server)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args()
    server = serve(arguments.host, arguments.port)
    signal.signal(signal.SIGTERM, _end)
    server.serve_forever()


if __name__ == "__main__":
    main()
