"""What is about to be spent, and who must say yes to it: a verb that owes many texts is asked back with its price."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from chalicelib.domain.errors import Conflict
from chalicelib.domain.messages import Message, MessageState
from chalicelib.domain.prices import Prices
from chalicelib.domain.work import Because


@dataclass(frozen=True, kw_only=True)
class Cost:
    """``price`` in ``currency``, by a list of ``as_of``; ``languages`` counts texts."""

    messages: int
    segments: int
    price: Decimal
    currency: str
    as_of: date
    languages: Mapping[str, int]


class Unconfirmed(Conflict):
    """409: more texts than may go without a second look; ``cost`` is what to look at."""

    code = "confirmation_needed"

    def __init__(self, cost: Cost) -> None:
        super().__init__(self.code)
        self.cost = cost


def cost_of(texts: Iterable[Message], prices: Prices) -> Cost:
    """What these texts cost, each counted once."""
    each = list({text.message_id: text for text in texts}.values())
    return Cost(
        messages=len(each), segments=sum(text.segments for text in each),
        price=sum((prices.price(text.segments, text.personal.to) for text in each), Decimal(0)),
        currency=prices.currency, as_of=prices.as_of, languages=dict(Counter(text.language for text in each)),
    )  # fmt: skip


SHARDS = 16
"""Rows that share a day's count: workers who mark their texts at the same moment seldom meet in one."""
LIFTED = "lifted"
MILLION = 1_000_000
PAID = frozenset({MessageState.UNKNOWN, MessageState.SENT, MessageState.UNDELIVERED, MessageState.DELIVERED})


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Part of what a point's day has cost, or what its ceiling was lifted by (``shard`` LIFTED): it is only added to.

    ``micros`` are millionths of the price list's currency.
    """

    point: str
    day: date
    shard: str
    messages: int = 0
    segments: int = 0
    micros: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Lift:
    """Who let how many more segments of a day go, when, and why."""

    point: str
    day: date
    at: datetime
    officer: str
    segments: int
    sealed_with: str
    personal: Because
    version: int = 0


@dataclass(frozen=True)
class Spending:
    """A point's day so far; ``lifted`` are segments that the coordinator added to the ceiling."""

    messages: int = 0
    segments: int = 0
    micros: int = 0
    lifted: int = 0

    @property
    def price(self) -> Decimal:
        """In the price list's currency."""
        return Decimal(self.micros) / MILLION

    def ceiling(self, daily: int) -> int:
        """Segments that may go today in all."""
        return daily + self.lifted

    def and_also(self, more: "Spending") -> "Spending":
        """With what a process has not written down yet."""
        return Spending(
            self.messages + more.messages, self.segments + more.segments, self.micros + more.micros,
            self.lifted + more.lifted,
        )  # fmt: skip

    def plus(self, row: Spent) -> "Spending":
        """With one more row of the day."""
        if row.shard == LIFTED:
            return replace(self, lifted=self.lifted + row.segments)
        return replace(
            self, messages=self.messages + row.messages, segments=self.segments + row.segments,
            micros=self.micros + row.micros,
        )  # fmt: skip


def texts_paid(before: MessageState, after: MessageState) -> int:
    """1 when a move of a message means that the provider took it, -1 when it turns out that it did not, else 0.

    A send without an answer counts until the provider says that it has no such text.
    """
    if before == MessageState.SENDING:
        return int(after in PAID)
    return -int(before == MessageState.UNKNOWN and after == MessageState.OWED)


def spent(message: Message, texts: int, day: date, prices: Prices) -> Spent:
    """What a message adds to the figures of ``day``: its row is one of a few, by its id."""
    price = texts * prices.price(message.segments, message.personal.to)
    shard = f"{sum(message.message_id.encode()) % SHARDS:02d}"
    return Spent(
        point=message.point, day=day, shard=shard, messages=texts, segments=texts * message.segments,
        micros=int(price * MILLION),
    )  # fmt: skip
