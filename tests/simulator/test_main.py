"""The command: it starts, keeps what it knows, stops on a signal, and says what is wrong in a sentence."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.local.simulator.__main__ import TOKEN

ROOT = Path(__file__).parents[2]


def command(*arguments: str, token: str = "secret") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "infra.local.simulator", *arguments],
        cwd=ROOT,
        env={**os.environ, TOKEN: token},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(arguments: Sequence[str], token: str = "secret") -> tuple[int, str]:
    with command(*arguments, token=token) as process:
        _, said = process.communicate(timeout=20)
        return process.returncode, said


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with command("--port", "0", "--state", str(tmp_path / "phones.sqlite3")) as process:
            assert process.stdout is not None
            assert re.match(r"Phones at http://127\.0\.0\.1:\d+", process.stdout.readline())
            process.send_signal(number)
            assert process.wait(timeout=10) == 0


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, said = ended(["--port", port, "--state", str(tmp_path / "phones.sqlite3")])
    assert status == 1
    assert f"Port {port} cannot be used" in said
    assert "Traceback" not in said


def test_a_missing_token_is_a_sentence(tmp_path: Path) -> None:
    status, said = ended(["--port", "0", "--state", str(tmp_path / "phones.sqlite3")], token="")
    assert (status, TOKEN in said, "Traceback" in said) == (1, True, False)


def test_a_broken_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "phones.sqlite3"
    path.write_text("this is no database" * 100)
    status, said = ended(["--port", "0", "--state", str(path)])
    assert (status, "cannot be read" in said, "Traceback" in said) == (1, True, False)
