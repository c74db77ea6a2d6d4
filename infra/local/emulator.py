"""Local AWS as a child process."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from infra.local import environment
from infra.local.process import Child

START_SECONDS = 60.0


class Emulator:
    """ministack on 127.0.0.1; its state lies in ``home`` and is written when it stops."""

    def __init__(self, port: int, home: Path, *, enforce_policies: bool = False) -> None:
        for name in ("state", "tmp"):
            (home / name).mkdir(parents=True, exist_ok=True)
        self.endpoint = f"http://127.0.0.1:{port}"
        env = environment.emulator(port, home.resolve(), enforce_policies=enforce_policies)
        self._child = Child("ministack", [], env, home / "ministack.log")

    def wait(self) -> None:
        """Return when it answers; raises StartError when it does not."""
        self._child.wait_until(lambda: healthy(self.endpoint), START_SECONDS)

    def stop(self) -> None:
        """Let it write its state, and wait for that."""
        self._child.stop()


def healthy(endpoint: str) -> bool:
    """Whether a ministack answers at ``endpoint``."""
    try:
        with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=2) as response:
            return "services" in json.load(response)
    except (urllib.error.URLError, OSError, ValueError):
        return False
