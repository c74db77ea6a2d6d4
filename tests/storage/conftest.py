"""The real adapters for one test, so that it may hook into its own client."""

import pytest

from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.wired import wired


@pytest.fixture
def here(aws: Stack) -> Wiring:
    """A process of its own."""
    return wired(aws)
