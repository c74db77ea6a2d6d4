"""Posters that hang in the hall: each has a code of its own, so that one can be withdrawn and the others stay."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.domain.identifiers import ALPHABET, as_heard, derived_id

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
GATE = re.compile(r"[A-Z0-9]{1,4}(-[A-Z0-9]{1,4})?")
"""What a gate may be called on a poster: nobody prints a sentence of their own under our name."""
_MINUTES, _DRAWN = 5, 2


@dataclass(frozen=True, kw_only=True)
class Poster:
    """A poster of a point, perhaps for one gate or one flight; who made it, and who withdrew it and when."""

    point: str
    code: str
    gate: str = ""
    flight: str = ""
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    version: int = 0


def poster_code(point: str, made_at: datetime, *parts: str) -> str:
    """Seven letters to read aloud; later posters sort after earlier ones. ``parts`` are who made it, and for what."""
    minutes = int((made_at - EPOCH).total_seconds()) // 60
    spelt = "".join(ALPHABET[minutes >> 5 * place & 31] for place in reversed(range(_MINUTES)))
    return spelt + derived_id("poster", point, made_at.isoformat(), *parts, length=_DRAWN)


def read_code(text: str) -> str:
    """The code of a poster as it was typed, empty when it cannot be one."""
    code = as_heard(text)
    return code if len(code) == _MINUTES + _DRAWN and set(code) <= set(ALPHABET) else ""


def is_gate(text: str) -> bool:
    """Whether this can be the name of a gate."""
    return GATE.fullmatch(text) is not None
