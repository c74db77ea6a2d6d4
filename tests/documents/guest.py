"""A stranger's copy of the project, in which a document is followed word by word."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from infra.local.environment import ROOT, child
from infra.local.plan import free_port
from tests.documents.making import fault_of_make
from tests.documents.reading import Block

INSTALLED = (".venv", "node_modules", "build")
"""Made by make itself, and long in the making: the copy shares them."""
ELSEWHERE = {
    "test": "the run that this test is part of", "check": "goes before every run", "run": "the copy itself",
    "rehearse": "tests/rehearsal", "package": "tests/infra/test_package.py", "pictures": "by hand: it writes pictures",
    "sheet": "by hand: it writes pictures", "reliability": "tests/killed", "bench": "tests/benchmarks",
    "demo": "tests/demo",
}  # fmt: skip
"""Targets that take minutes, and what runs them instead."""
_CLONE = re.compile(r"^git clone <this repository> \w+\ncd \w+\n")
_STARTED = "phones  "


class Guest:
    """The copy in ``folder``, and the product that runs in it on free ports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {"8000": str(free_port()), "4566": str(free_port()), "8025": str(free_port())}
        self.running: subprocess.Popen[str] | None = None
        self.shown = ""
        self.changed = True
        _copy(folder)

    @property
    def environment(self) -> dict[str, str]:
        """A shell in the copy, in which another port than 8000 is the usual one."""
        web, aws, sms = self.ports.values()
        return {**child({"PORT": web, "AWS_PORT": aws, "SMS_PORT": sms}), "PYTHONPATH": str(self.folder)}

    def start(self) -> None:
        """`make run`; anew when a file was changed since."""
        if self.running and not self.changed:
            return
        self.stop()
        self.running = subprocess.Popen(
            ["make", "run"], cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        assert self.running.stderr
        shown = [self.running.stderr.readline()]
        while shown[-1] and _STARTED not in shown[-1]:
            shown.append(self.running.stderr.readline())
        self.shown, self.changed = "".join(shown), False
        assert _STARTED in self.shown, self.shown

    def stop(self) -> None:
        """Ctrl-C, which a terminal sends to make and to all that it started."""
        if self.running:
            os.killpg(self.running.pid, signal.SIGINT)
            self.running.communicate(timeout=60)
            self.running = None

    def follow(self, block: Block) -> None:
        """Do what the block says; raises AssertionError when it does not work."""
        if block.deed:
            self._edit(block)
        elif block.language == "sh":
            self._type(_CLONE.sub("", block.text))

    def _type(self, text: str) -> None:
        """Lines of a shell; a line that only calls a long target of make is left to what runs that."""
        kept = []
        for line in text.splitlines(keepends=True):
            target = re.match(r"make ([a-z]+)", line)
            if target and target[1] in ELSEWHERE:
                assert fault_of_make(line) == ""
                if target[1] == "run":
                    self.start()
            else:
                kept.append(line)
        self._shell("".join(kept))

    def _shell(self, script: str) -> None:
        for usual, ours in self.ports.items():
            script = script.replace(f"127.0.0.1:{usual}", f"127.0.0.1:{ours}")
        command = ["bash", "-euo", "pipefail", "-c", script]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"

    def _edit(self, block: Block) -> None:
        path, text = self.folder / block.target, block.text
        self.changed = True
        if block.deed == "Make":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        else:
            edit: dict[str, Callable[[str, str], str]] = {"Change": patched, "Add to the end of": appended}
            path.write_text(edit[block.deed](path.read_text("utf-8"), text), encoding="utf-8")


def appended(old: str, text: str) -> str:
    """The file with the block after it."""
    return f"{old.rstrip()}\n\n{text}"


def patched(old: str, text: str) -> str:
    """The file with a block of ``-`` and ``+`` lines applied where its old lines stand, which is one place."""
    lines = text.splitlines()
    before = "\n".join(line[1:] for line in lines if line[:1] in "- ")
    after = "\n".join(line[1:] for line in lines if line[:1] in "+ ")
    assert old.count(before) == 1, f"stands {old.count(before)} times, not once:\n{before}"
    return old.replace(before, after)


def _copy(folder: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    made = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("chalicelib/**/*.mo")]
    made += [path.relative_to(ROOT).as_posix() for path in ROOT.glob("chalicelib/web/static/*.css")]
    for name in (*listed.stdout.split("\0"), *made):
        if name and (ROOT / name).exists() and name.partition("/")[0] not in INSTALLED:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # With its time, or make would set up everything anew.
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    for name in INSTALLED[:2]:
        (folder / name).symlink_to((ROOT / name).resolve())
    (folder / "build").mkdir()
    if (ROOT / "build" / "local").is_dir():
        shutil.copytree(ROOT / "build" / "local", folder / "build" / "local")
    for packages in ROOT.glob("build/dependencies-*.zip"):
        (folder / "build" / packages.name).symlink_to(packages)
