"""Both stores behind the port, and a gate before each."""

import pytest

from chalicelib.access.gate import Gate
from chalicelib.access.ports import AccessStore
from chalicelib.settings import Settings
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.access.memory import MemoryAccess
from tests.web.browser import QUICK, Clock


@pytest.fixture
def table(settings_env: Stack) -> AccessStore:
    """The real table."""
    return Wiring(Settings.from_env()).gate.store


@pytest.fixture(params=["memory", "table"])
def store(request: pytest.FixtureRequest) -> AccessStore:
    """Each store in turn."""
    if request.param == "memory":
        return MemoryAccess()
    found: AccessStore = request.getfixturevalue("table")
    return found


@pytest.fixture
def clock() -> Clock:
    """Stands until a test sets it."""
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    """A gate before the store in memory."""
    return Gate(MemoryAccess(), clock, QUICK)
