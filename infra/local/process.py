"""Child processes that stop cleanly: in a session of their own, on a leash, and with time to write what they hold."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

STOP_SECONDS = 30.0


class StartError(Exception):
    """Something could not be started; the message is one sentence for whoever started it."""


class Child:
    """One running module, its output in ``log``."""

    def __init__(self, module: str, arguments: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self.module, self.log = module, log
        with log.open("ab") as out:
            # A session of its own: Ctrl-C in the terminal reaches only the parent, which stops its children in order.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.leash", module, *arguments],
                env=dict(env),
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def running(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return when ``ready()`` holds; raises StartError when the process ends or ``seconds`` pass before."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running or time.monotonic() > deadline:
                raise StartError(f"{self.module} did not start; the reason stands at the end of {self.log}.")
            self._pause(0.05)

    def stop(self) -> None:
        """Send SIGTERM and wait until all is written; repeated calls do nothing."""
        if self.running:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    def _pause(self, seconds: float) -> None:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return


def answers(url: str) -> bool:
    """Whether something at ``url`` answers an HTTP request well."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status < 500)
    except (urllib.error.URLError, OSError):
        return False
