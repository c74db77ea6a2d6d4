"""Where one run of the product lives: its ports, its folder, and what phones are told."""

import fcntl
import json
import os
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from infra.local.environment import ROOT, Addresses
from infra.local.process import StartError


@dataclass(frozen=True)
class Plan:
    """One run: ``host`` is where the web listens, ``home`` the folder that outlives it."""

    host: str = "127.0.0.1"
    web_port: int = 8000
    aws_port: int = 4566
    sms_port: int = 8025
    home: Path = ROOT / ".local"
    stage: str = "local"

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> "Plan":
        """What HOST, PORT, AWS_PORT, SMS_PORT and WAYSTATION_HOME ask for; raises StartError for what is no port."""
        return cls(
            host=env.get("HOST") or cls.host,
            web_port=_port(env, "PORT", cls.web_port),
            aws_port=_port(env, "AWS_PORT", cls.aws_port),
            sms_port=_port(env, "SMS_PORT", cls.sms_port),
            home=Path(env.get("WAYSTATION_HOME") or cls.home),
        )

    @property
    def open_to_phones(self) -> bool:
        """Whether other machines of the network can reach the web."""
        return self.host not in ("127.0.0.1", "localhost", "::1")

    @property
    def public_base(self) -> str:
        """The address in links and QR codes."""
        host = network_address() if self.host == "0.0.0.0" else self.host
        return f"http://{host}:{self.web_port}"

    @property
    def addresses(self) -> Addresses:
        """The same as the application's settings say it."""
        return Addresses(
            aws=f"http://127.0.0.1:{self.aws_port}",
            public_base=self.public_base,
            provider=f"http://127.0.0.1:{self.sms_port}",
        )

    def claim(self) -> IO[str]:
        """Hold ``home`` until the answer is closed; raises StartError when another run has it, or a port is taken."""
        self.home.mkdir(parents=True, exist_ok=True)
        lock = (self.home / "run.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._check_ports()
        except BlockingIOError:
            lock.close()
            where = f" at {self.running().public_base}" if (self.home / "running.json").exists() else ""
            raise StartError(
                f"Waystation already runs here{where}; stop it with Ctrl-C in its terminal first."
            ) from None
        except StartError:
            lock.close()
            raise
        return lock

    def note(self) -> None:
        """Write down where the run answers, for `make key` and `make job`."""
        (self.home / "running.json").write_text(json.dumps(asdict(self.addresses)))

    def forget(self) -> None:
        """The run has ended."""
        (self.home / "running.json").unlink(missing_ok=True)

    def running(self) -> Addresses:
        """Where the run of this folder answers; raises StartError when there is none."""
        try:
            return Addresses(**json.loads((self.home / "running.json").read_text()))
        except (FileNotFoundError, ValueError):
            raise StartError("Nothing runs here yet: start it with `make run` in another terminal.") from None

    def _check_ports(self) -> None:
        wanted = (
            (self.host, self.web_port, "the web", "PORT=8001"),
            ("127.0.0.1", self.aws_port, "local AWS", "AWS_PORT=4567"),
            ("127.0.0.1", self.sms_port, "the SMS simulator", "SMS_PORT=8026"),
        )
        for host, port, what, instead in wanted:
            if not is_free(host, port):
                taken = f"Port {port}, needed for {what}, is taken by another program"
                raise StartError(f"{taken}: stop that, or choose another port with `make run {instead}`.")


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do it: a port whose last connections are still fading is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def network_address() -> str:
    """This machine's address as phones of the same network see it; 127.0.0.1 when there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only decides which of its addresses it would use.
            probe.connect(("192.0.2.1", 9))
            address: str = probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"
        return address


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise StartError(f"{name}={text} is no port: give a number from 1 to 65535.")
    return int(text)
