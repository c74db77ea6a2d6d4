"""Answers to who may be guessing: right or wrong, they take as long."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GUESS_SECONDS = 0.5


@contextmanager
def equally_slow(
    seconds: float = GUESS_SECONDS, now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:  # fmt: skip
    """What happens inside takes ``seconds``, whatever comes of it."""
    until = now() + seconds
    try:
        yield
    finally:
        sleep(max(0.0, until - now()))
