"""What a machine that cannot run Waystation is told: a sentence that says what to do, and a failure."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.local.environment import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """As much of the project as the set-up of Python reads."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-lock.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def set_up(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "infra" / "setup" / "venv.sh"), ".venv"]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_a_python_that_is_too_old(project: Path) -> None:
    old = project / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = set_up(project, PYTHON=str(old))
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert not (project / ".venv").exists()


def test_no_network(project: Path) -> None:
    nowhere = "http://127.0.0.1:9/simple"
    done = set_up(project, PIP_INDEX_URL=nowhere, PIP_EXTRA_INDEX_URL="", PIP_FIND_LINKS="", PIP_NO_CACHE_DIR="1")
    assert done.returncode != 0
    assert "check the network" in done.stderr
    assert "Traceback" not in done.stderr
