"""What can be made to go wrong, as a frozen set of settings and one seeded source of chance."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from threading import Lock
from typing import Any

SLOWEST = 600_000
"""The longest delay in milliseconds."""


class BadFaults(ValueError):
    """Settings that make no sense; the message says which key and why."""


@dataclass(frozen=True)
class Faults:
    """Probabilities from 0 to 1, a delay in milliseconds, provider codes by number, and a seed."""

    drop_response: float = 0.0
    status_429: float = 0.0
    status_500: float = 0.0
    delay_ms: int = 0
    lose_callbacks: float = 0.0
    duplicate_callbacks: float = 0.0
    shuffle_callbacks: float = 0.0
    reject: Mapping[str, int] = field(default_factory=dict)
    seed: int | None = None


def parse(document: object) -> Faults:
    """A whole set of faults from JSON; what is left out is off. Raises BadFaults."""
    if not isinstance(document, dict):
        raise BadFaults("expected a JSON object")
    known = {setting.name for setting in fields(Faults)}
    unknown = sorted(set(document) - known)
    if unknown:
        raise BadFaults(f"unknown: {', '.join(map(str, unknown))}; known: {', '.join(sorted(known))}")
    return Faults(**{name: _checked(name, value) for name, value in document.items()})


def _checked(name: str, value: Any) -> Any:
    if name == "reject":
        return _codes(value)
    if name == "seed":
        return _whole(name, value, None) if value is not None else None
    if name == "delay_ms":
        return _whole(name, value, SLOWEST)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadFaults(f"{name}: expected a probability from 0 to 1")
    return float(value)


def _whole(name: str, value: Any, most: int | None) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or (most is not None and not 0 <= value <= most):
        raise BadFaults(f"{name}: expected a whole number" + (f" from 0 to {most}" if most is not None else ""))
    return value


def _codes(value: Any) -> dict[str, int]:
    if not isinstance(value, dict):
        raise BadFaults("reject: expected numbers and their codes")
    codes = {str(number): _whole("reject", code, 99_999) for number, code in value.items()}
    if any(code < 10_000 for code in codes.values()):
        raise BadFaults("reject: a code has five digits")
    return codes


class Chance:
    """The current faults and the dice that go with them; the same seed throws the same again."""

    def __init__(self, faults: Faults | None = None) -> None:
        self._lock = Lock()
        self.set(faults or Faults())

    def set(self, faults: Faults) -> None:
        """Take other faults from here on."""
        with self._lock:
            self.faults = faults
            self._dice = random.Random(faults.seed)

    def strikes(self, probability: float) -> bool:
        """Whether something of this probability happens now; no dice are thrown for what is off."""
        return probability > 0 and self.between(0, 1) < probability

    def between(self, low: float, high: float) -> float:
        """A number between two others."""
        with self._lock:
            return self._dice.uniform(low, high)
