"""What pages need from outside, made once and lazily; tests put their own in its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from chalicelib.access.gate import Gate
from chalicelib.settings import Settings


@dataclass(frozen=True)
class Entrance:
    """The gate, and the public base that pages build addresses and cookies from."""

    gate: Gate
    public_base: str

    @property
    def prefix(self) -> str:
        """The stage prefix that stands before every path, such as ``/api``; often empty."""
        return urlsplit(self.public_base).path.rstrip("/")

    @property
    def https(self) -> bool:
        """Whether cookies can be Secure and named ``__Host-``."""
        return self.public_base.startswith("https://")


def clock() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


@lru_cache(maxsize=1)
def _from_settings() -> Entrance:
    # Imported here: tests that bring their own gate need no tables and no keys.
    from chalicelib.web.access_wiring import access_store

    settings = Settings.from_env()
    return Entrance(Gate(access_store(settings), clock), settings.public_base)


_make: Callable[[], Entrance] = _from_settings


def entrance() -> Entrance:
    """The one in use."""
    return _make()


@contextmanager
def override(other: Entrance) -> Iterator[Entrance]:
    """Use ``other`` inside the block."""
    global _make
    before, _make = _make, lambda: other
    try:
        yield other
    finally:
        _make = before
