"""What is about to be spent, and who must say yes to it: a verb that owes many texts is asked back with its price."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chalicelib.domain.errors import Conflict
from chalicelib.domain.messages import Message
from chalicelib.domain.prices import Prices

CONFIRM_ABOVE = 200
"""Texts that one verb of a person or program may owe without being asked back; a point may say otherwise."""


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

    def __init__(self, cost: Cost) -> None:
        super().__init__("confirmation_needed")
        self.cost = cost


def cost_of(texts: Iterable[Message], prices: Prices) -> Cost:
    """What these texts cost, each counted once."""
    each = list({text.message_id: text for text in texts}.values())
    return Cost(
        messages=len(each), segments=sum(text.segments for text in each),
        price=sum((prices.price(text.segments, text.personal.to) for text in each), Decimal(0)),
        currency=prices.currency, as_of=prices.as_of, languages=dict(Counter(text.language for text in each)),
    )  # fmt: skip
