"""kill -9 at random times: ten journeys here, a hundred in `make reliability`."""

import pytest

from tests.killed.nine import faults, lived
from tests.killed.promises import End
from tests.killed.scene import Stage

SEEDS = range(10)


@pytest.fixture(scope="module")
def undisturbed(stage: Stage) -> End:
    """The journey of a process that nobody kills."""
    return lived(stage, 0, kills=0)[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_journey_whose_processes_are_killed(stage: Stage, undisturbed: End, seed: int) -> None:
    _, end = lived(stage, seed)
    assert faults(end, undisturbed) == []
