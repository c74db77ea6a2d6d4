"""Rows that find a case by what an officer types: their keys are digests, never the thing itself."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A document, by digest, and the last arrival of its holder: put once per three days (house.md, who is who)."""

    digest: str
    month: str
    case_id: str
    party: tuple[str, ...]
    zone: str
    intake_date: date
    answers_digest: str
    expires_at: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Finder:
    """A phone or document number, by digest, and one case that gave it: shared ones have a row each."""

    kind: str
    digest: str
    case_id: str
    expires_at: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class PlateOf:
    """A vehicle's plate on a day, and one dispatch that it drove."""

    plate: str
    date: date
    dispatch_id: str
    expires_at: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Told:
    """A phone, by digest, and one message about a traveller that went there: it finds whose contact writes back."""

    digest: str
    message_id: str
    case_id: str
    expires_at: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A second declaration for a known document, kept under the first case for an officer to look at."""

    case_id: str
    linked_id: str
    reason: str
    party: tuple[str, ...]
    zone: str
    intake_date: date
    answers_digest: str
    version: int = 0
