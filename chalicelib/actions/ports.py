"""What the actions need from outside, as shapes: the database, the queue, the keyed digests, the wording."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from chalicelib.domain.finding import Finder, Identity, Told
from chalicelib.domain.messages import Content, Message
from chalicelib.domain.places import District, Point
from chalicelib.domain.prices import Prices
from chalicelib.domain.spending import Spending, Spent
from chalicelib.domain.work import Task

T = TypeVar("T")
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Save:
    """Write an entity as it was read (``version`` 0: it must not exist yet); the stored version is one higher."""

    entity: Any


@dataclass(frozen=True)
class Owe:
    """Write something unless it is there already: its id is its identity."""

    entity: Message | Task | Finder | Told


@dataclass(frozen=True)
class Claim:
    """Write an identity unless another case claimed it on or after ``since``.

    The rows of the months before are looked at as well.
    """

    entity: Identity
    since: date
    months_before: tuple[Identity, ...] = ()


@dataclass(frozen=True)
class Add:
    """Add an entity's figures to those of the row with its key, whether or not there is one yet."""

    entity: Spent


@dataclass(frozen=True)
class Remove:
    """Delete an entity as it was read."""

    entity: Any


Change = Save | Owe | Claim | Add | Remove


class AlreadyThere(Exception):
    """New entities met old ones: ``found`` is what stands there, None for what can no longer be read."""

    def __init__(self, found: Sequence[Any]) -> None:
        super().__init__("already there")
        self.found = tuple(found)


@dataclass(frozen=True)
class View:
    """A bounded partition to read in order: an ``index`` of a table, or a key's own rows when it is empty.

    Either ``prefix`` narrows the sort key, or ``until`` reads up to and including it.
    """

    kind: type
    index: str
    partition: str
    prefix: str = ""
    until: str = ""
    newest_first: bool = False


@dataclass(frozen=True)
class Page:
    """Some entities, and where to go on (None at the end). Opaque to everybody but the store."""

    items: tuple[Any, ...]
    cursor: Mapping[str, Any] | None


class Store(Protocol):
    """The database. Raises Unavailable when it is away, Stale when somebody was faster."""

    def find(self, kind: type[T], *key: object) -> T | None:
        """The entity, read consistently; None when there is none, or its sealing key is gone."""

    def get(self, kind: type[T], *key: object) -> T:
        """The entity; raises NotFound."""

    def many(self, kind: type[T], keys: Sequence[tuple[object, ...]]) -> dict[tuple[object, ...], T]:
        """Those of up to 100 entities that exist, by key."""

    def page(self, view: View, limit: int, cursor: Mapping[str, Any] | None = None) -> Page:
        """Up to ``limit`` entities of a view, in its order."""

    def commit(self, changes: Sequence[Change]) -> None:
        """All of it or nothing; raises Stale, or AlreadyThere for a new entity or a claim.

        Owing one thing twice in a transaction is owing it once; any other row twice is a ValueError.
        """


class Queue(Protocol):
    """A nudge, best effort: what it loses, the sweep finds."""

    def nudge(self, kind: str, key: str, delay: int = 0) -> bool:
        """Say that a row wants work now, or in up to 900 seconds; False when the queue is away."""

    def waiting(self) -> int:
        """About how many words nobody has taken yet, without those for later; 0 when it is away."""


class Digests(Protocol):
    """Keyed hashes, one key a month, destroyed with its last day."""

    def digest(self, month: str, kind: str, value: str) -> str:
        """A digest of ``value`` that only this deployment in this month can make; ``month`` is ``YYYY-MM``."""


class Texts(Protocol):
    """The wording of text messages."""

    def render(self, event: str, audience: str, language: str, variables: Mapping[str, str]) -> str:
        """The text as it goes out."""

    def compose(
        self, event: str, audience: str, language: str, variables: Mapping[str, str], to: str
    ) -> tuple[str, Content | None]:
        """The text for a number, and the registered template that it is sent as, where there is one."""

    def registered_only(self, to: str) -> bool:
        """Whether nothing but registered templates may go to a number."""

    def language_for(self, *wishes: str) -> str:
        """The first of these languages that there are texts in."""

    def marked(self, text: str, language: str) -> str:
        """A text that says of itself that it is a test."""

    def short_date(self, day: date, language: str) -> str:
        """A calendar date, unambiguous and short."""


class Places(Protocol):
    """Reference data, remembered for a short while."""

    def point(self, point: str) -> Point:
        """A point of entry; raises NotFound."""

    def district(self, district: str) -> District:
        """A district; raises NotFound."""

    def points(self) -> Mapping[str, Point]:
        """All points of entry by id."""

    def districts(self) -> Mapping[str, District]:
        """All districts by id."""


class Spendings(Protocol):
    """What days have cost so far, remembered for a moment."""

    def note(self, row: Spent) -> None:
        """Count what this process just spent: at once for itself, for others with ``flush``."""

    def flush(self) -> None:
        """Write down what was noted; what cannot be written now is kept for the next time."""

    def of(self, point: str, day: date) -> Spending:
        """A point's day."""

    def forget(self) -> None:
        """Read again at the next question."""


class Drills(Protocol):
    """Which flights are drills, and whom a drill may text; remembered for a short while."""

    def is_drill(self, point: str, day: date, flight: str) -> bool:
        """Whether who declares for this flight takes part in a drill."""

    def reaches(self, point: str, phone: str) -> bool:
        """Whether a drill may text this number."""

    def forget(self) -> None:
        """Read again at the next question."""


@dataclass(frozen=True)
class Ports:
    """Everything an action may reach."""

    store: Store
    queue: Queue
    digests: Digests
    texts: Texts
    places: Places
    clock: Clock
    prices: Prices
    spending: Spendings
    drills: Drills
    reaches: Callable[[str], bool] = lambda _: True
    """Whether an E.164 number can receive texts, as far as its number plan tells."""
    confirmed: bool = True
    """Whether many texts may be owed at once: the doors for persons and programs say no until these say yes."""
