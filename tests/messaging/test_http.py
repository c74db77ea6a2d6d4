"""What the HTTP client makes of a bad certificate, a broken handshake and a connection left idle."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.domain.failures import Kind, TemporaryFailure, Unknown
from chalicelib.messaging.http import TimedHttpClient
from tests.messaging.sockets import answering, plain


class Handler(BaseHTTPRequestHandler):
    """Answers with the port that the request came from: one connection, one port."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = str(self.client_address[1]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A refused handshake is expected here."""


def self_signed(folder: Path) -> ssl.SSLContext:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "both.pem").write_bytes(secret + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


def served(server: Quiet, asked: Callable[[], None]) -> None:
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        asked()
        server.shutdown()
        thread.join()


def test_a_certificate_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    server = Quiet(("127.0.0.1", 0), Handler)
    server.socket = self_signed(tmp_path).wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)

    def asked() -> None:
        with pytest.raises(TemporaryFailure) as caught:
            TimedHttpClient(1, 1, 1).request("GET", f"https://127.0.0.1:{server.server_port}/")
        assert (caught.value.code, caught.value.kind) == ("bad_certificate", Kind.CONFIGURATION)

    served(server, asked)


def test_a_broken_handshake_is_unknown() -> None:
    with answering(plain("200 OK", "")) as base, pytest.raises(Unknown):
        TimedHttpClient(1, 1, 1).request("GET", base.replace("http:", "https:"))


@pytest.mark.parametrize(("idle", "connections"), [(20.0, 1), (-1.0, 2)])
def test_a_connection_is_kept_unless_it_was_idle(idle: float, connections: int) -> None:
    server = Quiet(("127.0.0.1", 0), Handler)

    def asked() -> None:
        client = TimedHttpClient(1, 1, 1, idle=idle)
        ports = {client.request("GET", f"http://127.0.0.1:{server.server_port}/").text for _ in range(2)}
        client.close()
        assert len(ports) == connections

    served(server, asked)
