"""The simulator as a server that listens on this machine only until it is told to stop."""

import socket
import socketserver
import threading
from contextlib import suppress
from http.server import ThreadingHTTPServer
from typing import Any

from infra.local.simulator.handler import Handler
from infra.local.simulator.simulator import Options, Simulator


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
