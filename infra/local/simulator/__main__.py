"""``python -m infra.local.simulator``: the simulator on a port of this machine, until Ctrl-C or SIGTERM."""

import argparse
import os
import signal
import sqlite3
import sys
import threading
from pathlib import Path

from infra.local.simulator.server import SimulatorServer
from infra.local.simulator.simulator import Options

TOKEN = "SIMULATOR_AUTH_TOKEN"


def main(arguments: list[str] | None = None) -> int:
    """Serve; 1 when the port is taken or the token is missing."""
    given = _parser().parse_args(arguments)
    token = os.environ.get(TOKEN, "")
    if not token:
        print(
            f"The simulator signs its callbacks: set {TOKEN} to the token that the web server checks.", file=sys.stderr
        )
        return 1
    options = Options(
        account_sid=given.account_sid,
        auth_token=token,
        state=given.state,
        public_base=given.public_base,
        callback_delay=given.callback_delay,
    )
    try:
        server = SimulatorServer(options, given.host, given.port)
    except OSError as fault:
        print(f"Port {given.port} cannot be used ({fault.strerror}).", file=sys.stderr)
        print("Stop what listens there, or choose another with --port.", file=sys.stderr)
        return 1
    except sqlite3.Error as fault:
        print(f"{given.state} cannot be read ({fault}): move it away, or choose another with --state.", file=sys.stderr)
        return 1
    _serve(server)
    return 0


def _serve(server: SimulatorServer) -> None:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with server:
        print(f"Phones at {server.base}", flush=True)
        stop.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8025)
    parser.add_argument("--state", type=Path, default=Path(".local/simulator.sqlite3"), help="kept between runs")
    parser.add_argument("--account-sid", default="AC" + "0" * 32, help="the only account that may send")
    parser.add_argument("--public-base", default="http://127.0.0.1:8000", help="where replies are posted")
    parser.add_argument("--callback-delay", type=float, default=0.1, help="seconds from one state to the next")
    return parser


if __name__ == "__main__":
    sys.exit(main())
