"""The nudge: what goes onto the queue, and how soon it gives up."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from chalicelib.messaging.queue import SqsQueue


class Sqs(ThreadingHTTPServer):
    """As much of the queue service as a nudge needs."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), SqsHandler)
        self.bodies: list[str] = []


class SqsHandler(BaseHTTPRequestHandler):
    server: Sqs

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer: dict[str, Any] = {"QueueUrl": f"http://127.0.0.1:{self.server.server_port}/1/messages"}
        if self.headers["X-Amz-Target"].endswith("SendMessage"):
            self.server.bodies.append(asked["MessageBody"])
            answer = {"MessageId": "1"}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sqs]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with Sqs() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def queue(port: int, **limits: Any) -> SqsQueue:
    return SqsQueue("messages", "ap-east-1", f"http://127.0.0.1:{port}", **limits)


def test_a_nudge_names_the_row_and_nothing_else(sqs: Sqs) -> None:
    assert queue(sqs.server_port).nudge("message", "m-1")
    [body] = sqs.bodies
    assert json.loads(body) == {"kind": "message", "id": "m-1"}


def test_a_silent_queue_is_given_up_soon(sqs: Sqs, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        before = datetime.now(UTC)
        assert not queue(silent.getsockname()[1], read=0.2).nudge("message", "m-1")
        assert datetime.now(UTC) - before < timedelta(seconds=2)
    assert "queue away" in caplog.text


def test_a_queue_that_is_not_there(sqs: Sqs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert not queue(port).nudge("message", "m-1")
