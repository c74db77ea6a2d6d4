"""What pages need of the wiring: the gate, and the public base. Tests put their own in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from chalicelib.access.gate import Gate
from chalicelib.wiring import wiring


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


_instead: list[Entrance] = []


def entrance() -> Entrance:
    """The one in use."""
    if _instead:
        return _instead[-1]
    return Entrance(wiring().gate, wiring().settings.public_base)


@contextmanager
def override(other: Entrance) -> Iterator[Entrance]:
    """Use ``other`` inside the block."""
    _instead.append(other)
    try:
        yield other
    finally:
        _instead.remove(other)
