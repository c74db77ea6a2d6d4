"""A small storm; `make reliability` has large ones, from 5 to 50 %."""

from pathlib import Path

import pytest

from tests.storms.storm import raged


@pytest.mark.parametrize("part", [0.05, 0.3])
def test_nothing_is_lost_or_doubled_and_all_is_settled(tmp_path: Path, part: float) -> None:
    seen = raged(tmp_path, 150, part)
    assert seen.broken == ()
    assert seen.states.total() == 150
    assert seen.unknowns > 0, "a storm in which no answer was lost is none"
    assert seen.calls == seen.states["failed"] + seen.states["undelivered"]
