"""A real simulator on a free port, and a web server that hears what it calls back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from chalicelib.messaging.signature import HEADER, parse_fields
from infra.local.simulator.server import SimulatorServer
from infra.local.simulator.simulator import Options

ACCOUNT, TOKEN = "AC" + "5" * 32, "0123456789abcdef"
SENDER, PHONE = "+15005550006", "+8613812345678"
PATIENCE = 5.0


@dataclass(frozen=True)
class Call:
    """One callback as it arrived."""

    path: str
    fields: dict[str, str]
    pairs: list[tuple[str, str]]
    signature: str


@dataclass
class Ear:
    """A web server that keeps what it is told. ``answers`` are (status, body) in turn; then 200 and nothing."""

    base: str = ""
    calls: "Queue[Call]" = field(default_factory=Queue)
    answers: list[tuple[int, str]] = field(default_factory=list)

    def heard(self, number: int) -> list[Call]:
        """The next so many calls; raises queue.Empty when they do not come."""
        return [self.calls.get(timeout=PATIENCE) for _ in range(number)]

    def told(self, number: int) -> dict[str, Call]:
        """The next so many calls of one message by state: each has a connection of its own, so any may come first."""
        return {call.fields["MessageStatus"]: call for call in self.heard(number)}

    def heard_nothing_more(self, seconds: float = 0.3) -> bool:
        """Whether it stays quiet for a while."""
        try:
            self.calls.get(timeout=seconds)
        except Empty:
            return True
        return False


@contextmanager
def listening() -> Iterator[Ear]:
    """A web server on a free port."""
    ear = Ear()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            pairs = parse_fields(body)
            status, answer = ear.answers.pop(0) if ear.answers else (200, "")
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer.encode())))
            self.end_headers()
            self.wfile.write(answer.encode())
            ear.calls.put(Call(self.path, dict(pairs), pairs, self.headers.get(HEADER, "")))

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        ear.base = f"http://127.0.0.1:{server.server_port}"
        yield ear
        server.shutdown()
        thread.join()


def simulator(state: Path, public_base: str, delay: float = 0.02) -> SimulatorServer:
    """A simulator that serves within ``with``."""
    options = Options(account_sid=ACCOUNT, auth_token=TOKEN, state=state, public_base=public_base, callback_delay=delay)
    return SimulatorServer(options)
