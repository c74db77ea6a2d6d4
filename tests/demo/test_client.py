"""The demo's client against a server that has bad moments, and its bounded crowd."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from infra.demo.client import CROWD, TRIES, Client, Refused, Unreachable
from infra.demo.play import crowd
from infra.local.plan import free_port

MANY = 20_000


@contextmanager
def serving(*statuses: int, body: Any = None) -> Iterator[tuple[Client, list[dict[str, str]]]]:
    """A server that answers with these statuses, the last of them for ever; 0 hangs up. And the headers it was sent."""
    heard: list[dict[str, str]] = []

    class Moody(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = statuses[min(len(heard), len(statuses) - 1)]
            heard.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if status:
                said = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
            self.close_connection = True

        do_GET = do_POST  # noqa: N815 - the base class's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Client(f"http://127.0.0.1:{server.server_port}", "wsk_key", pause=0), heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_may_pass_is_tried_again_with_the_same_key() -> None:
    with serving(503, 0, 429, 201, body={"state": "boarding"}) as (client, heard):
        assert client.post("/dispatches", {}, "demo-1", '"7"') == {"state": "boarding"}
    assert [sent["Idempotency-Key"] for sent in heard] == ["demo-1"] * 4
    assert {(sent["If-Match"], sent["Authorization"]) for sent in heard} == {('"7"', "Bearer wsk_key")}


def test_a_refusal_is_not_tried_again_and_says_why() -> None:
    problem = {"code": "invalid", "errors": [{"field": "phone", "code": "phone_unknown", "message": "…"}]}
    with serving(422, body=problem) as (client, heard), pytest.raises(Refused, match="422 invalid phone phone_unknown"):
        client.post("/declarations", {}, "demo-1")
    assert len(heard) == 1


def test_trouble_that_does_not_pass_ends() -> None:
    with serving(503, body={"code": "unavailable"}) as (client, heard), pytest.raises(Refused, match="503 unavailable"):
        client.get("/districts")
    assert len(heard) == TRIES
    with serving(0) as (client, heard), pytest.raises(Unreachable):
        client.get("/districts")
    assert len(heard) == TRIES


def test_nobody_there_is_said_at_once() -> None:
    with pytest.raises(Unreachable, match="does not answer"):
        Client(f"http://127.0.0.1:{free_port()}").check_alive()
    with serving(503) as (client, _), pytest.raises(Unreachable, match="503"):
        client.check_alive()


def test_a_list_is_read_to_its_end() -> None:
    with serving(200, body={"items": [{"number": 1}], "next": None}) as (client, heard):
        assert list(client.every("/travellers", state="declared")) == [{"number": 1}]
    assert len(heard) == 1


def test_a_crowd_is_bounded_and_stops_at_the_first_failure() -> None:
    hands, ran, done = set[int](), list[int](), list[int]()
    full = threading.Barrier(CROWD)

    def deed(number: int) -> None:
        hands.add(threading.get_ident())
        ran.append(number)
        if number < CROWD:
            full.wait(30)
        if number == CROWD:
            raise Refused("POST", "/declarations", 422, None)
        time.sleep(0.001)

    with pytest.raises(Refused):
        crowd(deed, range(MANY), lambda: done.append(1))
    assert len(hands) == CROWD
    assert len(done) <= len(ran) < MANY
