"""A drill goes through everything and reaches nobody but those who take part in it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Numbers:
    """The personal part: phones in E.164."""

    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DrillNumbers:
    """Whose phones a drill at a point may text."""

    point: str
    personal: Numbers = field(default_factory=Numbers)
    version: int = 0
