"""Parts that are away: a port where nobody listens, and one where somebody takes the call and says nothing."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

from chalicelib.messaging.queue import SqsQueue
from chalicelib.settings import Settings
from chalicelib.wiring import Wiring, override
from infra.local.plan import free_port
from tests.api.desk import Hall


def closed() -> str:
    """An address that refuses."""
    return f"http://127.0.0.1:{free_port()}"


@contextmanager
def silent() -> Iterator[str]:
    """An address that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    kept.append(listener.accept()[0])
                except OSError:
                    return

        thread = Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in kept:
            connection.close()


class Elsewhere(Wiring):
    """The product's own wiring with another queue."""

    def __init__(self, here: Wiring, queue_at: str, **settings: Any) -> None:
        super().__init__(replace(here.settings, **settings), here.clock)
        changed: Settings = self.settings
        self.__dict__["queue"] = SqsQueue(changed.queue_name, changed.region, queue_at)


@contextmanager
def database_at(hall: Hall, address: str, *, warm: bool) -> Iterator[Wiring]:
    """Everything of AWS at another address; ``warm`` with what a process in use remembers."""
    there = Wiring(replace(hall.wiring.settings, endpoint_url=address), hall.wiring.clock)
    if warm:
        there.ring._known.update(hall.wiring.ring._known)
        there.places._known.update(hall.wiring.places._known)
    with override(there):
        yield there
