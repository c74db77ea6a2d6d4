"""A guesser learns nothing from the time that an answer takes."""

from collections.abc import Iterator

import pytest

from chalicelib.web.guessing import equally_slow


def clock(*times: float) -> Iterator[float]:
    yield from times


@pytest.mark.parametrize(("took", "waited"), [(0.0, 0.5), (0.3, 0.2), (0.7, 0.0)])
@pytest.mark.parametrize("fails", [False, True])
def test_what_is_quick_waits_for_what_is_slow(took: float, waited: float, fails: bool) -> None:
    waits: list[float] = []
    times = clock(10.0, 10.0 + took)
    try:
        with equally_slow(0.5, lambda: next(times), waits.append):
            if fails:
                raise LookupError
    except LookupError:
        assert fails
    assert waits == [pytest.approx(waited)]
