"""A world for each test."""

import pytest

from chalicelib.domain.dispatch import Dispatch
from tests.actions.world import Clock, World
from tests.actions.writing import sent


@pytest.fixture
def world() -> World:
    """Empty but for the reference data."""
    return World()


@pytest.fixture
def owed(world: World) -> str:
    """A departure's digest, owed."""
    world.departed(world.registered())
    (message,) = world.messages()
    return message.message_id


@pytest.fixture
def clock() -> Clock:
    """Set by hand."""
    return Clock()


@pytest.fixture
def told(world: World) -> tuple[World, Dispatch, str]:
    """A traveller on the road, whose mother, phone and district have been texted."""
    case_id = world.registered()
    dispatch_id = world.departed(case_id)
    world.settle(dispatch_id, "departed")
    sent(world)
    return world, world.store.get(Dispatch, dispatch_id), case_id
