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
    """A quarantine that ends: due at the release hour of its end date, ``day``, at its point."""

    case_id: str
    due_at: datetime
    point: str = ""
    day: date | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class ReleaseDigest:
    """Who of a district was released on a day, collected until its contacts are told in one text: people, and those
    of a drill apart from them."""

    point: str
    district: str
    day: date
    number: int
    case_ids: tuple[str, ...]
    drill_ids: tuple[str, ...] = ()
    due_at: datetime | None
    version: int = 0


@dataclass(frozen=True)
class Batch:
    """Texts that belong together: ``vehicle#<dispatch>`` or ``release#<point>#<day>``."""

    key: str

    @property
    def kind(self) -> str:
        """``vehicle`` or ``release``."""
        return self.key.partition("#")[0]

    @property
    def subject(self) -> str:
        """The dispatch, or the point and day."""
        return self.key.partition("#")[2]


@dataclass(frozen=True)
class Because:
    """The personal part of what an officer decided for many: a reason may name somebody."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class BatchStop:
    """A batch that is not to be sent any further: how many had ``gone``, how many were taken back.

    ``due_at`` is when it is gone through once more, None once that is done.
    """

    batch: str
    officer: str
    at: datetime
    due_at: datetime | None
    gone: int = 0
    cancelled: int = 0
    sealed_with: str
    personal: Because
    version: int = 0


@dataclass(frozen=True)
class TaskPerson:
    """The personal part of a task: whom to call, and what about."""

    name: str = ""
    phone: str = ""
    about: str = ""


@dataclass(frozen=True)
class Look:
    """Who saw a number in full, and when."""

    officer: str
    at: datetime


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
    drill: bool = False
    done_at: datetime | None = None
    done_by: str = ""
    looks: tuple[Look, ...] = ()
    sealed_with: str
    personal: TaskPerson = field(default_factory=TaskPerson)
    version: int = 0
