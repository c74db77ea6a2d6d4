"""The simulator and its listener, for every test here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.simulator.server import SimulatorServer
from tests.simulator.running import Ear, listening, simulator


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as ear:
        yield ear


@pytest.fixture
def phones(tmp_path: Path, ear: Ear) -> Iterator[SimulatorServer]:
    with simulator(tmp_path / "phones.sqlite3", ear.base) as server:
        yield server
