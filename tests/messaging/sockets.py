"""The provider at a simulator, and sockets that misbehave."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from chalicelib.messaging.twilio_provider import TwilioProvider
from tests.simulator.running import ACCOUNT, SENDER, TOKEN

TEXT = "【口岸驿站】李*已乘车前往渝中区，有专人接收。咨询023-12345"


def provider(base: str, **changes: Any) -> TwilioProvider:
    usual: dict[str, Any] = {"account_sid": ACCOUNT, "auth_token": TOKEN, "sender": SENDER, "base_url": base}
    return TwilioProvider(**(usual | {"public_base": "http://127.0.0.1:9", "connect": 0.5, "read": 2.0} | changes))


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A bare socket that treats each connection as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                kept.append(connection)
                answer(connection)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in kept:
            connection.close()


def plain(status: str, body: str) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall((head + body).encode())

    return answer


def dropped(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.close()


def silent(connection: socket.socket) -> None:
    """Takes the connection and says nothing."""
