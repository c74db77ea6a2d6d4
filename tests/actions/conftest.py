"""A world for each test."""

import pytest

from tests.actions.world import World


@pytest.fixture
def world() -> World:
    """Empty but for the reference data."""
    return World()
