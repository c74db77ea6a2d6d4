"""Both stores, each in turn."""

from datetime import date, timedelta

import pytest

from chalicelib.actions.ports import Store
from chalicelib.storage.memory import MemoryStore
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.wired import fresh, wired


@pytest.fixture(scope="session")
def real(aws: Stack) -> Wiring:
    """The adapters over real tables."""
    return wired(aws)


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    """Empty as far as a test can tell: it uses ids of its own."""
    if request.param == "memory":
        return MemoryStore()
    wiring: Wiring = request.getfixturevalue("real")
    return wiring.store


@pytest.fixture
def day() -> date:
    """A day that no other test has rows on."""
    return date(1970, 1, 1) + timedelta(days=int(fresh(5), 36) % 2_000_000)
