"""Rows of work that an event's transaction leaves behind, each found again by its due time."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class FanOut:
    """What a departed or acknowledged vehicle still owes its travellers: finished by itself, however often killed."""

    dispatch_id: str
    stage: str
    due_at: datetime
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class PlannedRelease:
    """A quarantine that ends: due at the release hour of its end date."""

    case_id: str
    due_at: datetime
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class ReleaseDigest:
    """Who of a district was released on a day, collected until its contacts are told in one text."""

    point: str
    district: str
    day: date
    number: int
    case_ids: tuple[str, ...]
    due_at: datetime | None
    version: int = 0


@dataclass(frozen=True)
class TaskPerson:
    """The personal part of a task: whom to call, and what about."""

    name: str = ""
    phone: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something a desk must do by hand: call a contact without texts, look at a fever, find who is missing."""

    task_id: str
    desk: str
    point: str
    day: date
    kind: str
    created_at: datetime
    traveller_id: str | None = None
    dispatch_id: str | None = None
    district: str | None = None
    event: str = ""
    done_at: datetime | None = None
    done_by: str = ""
    sealed_with: str
    personal: TaskPerson = field(default_factory=TaskPerson)
    version: int = 0
