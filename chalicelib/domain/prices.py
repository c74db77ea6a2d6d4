"""What texts cost: a price for each segment by the longest known prefix of the number, from a list with a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Prices:
    """A price list; ``prefixes`` are E.164 beginnings such as ``+86``, ``elsewhere`` holds for all other numbers."""

    as_of: date
    currency: str
    source: str = ""
    elsewhere: Decimal
    prefixes: Mapping[str, Decimal] = field(default_factory=dict)

    def each(self, to: str) -> Decimal:
        """The price of one segment to an E.164 number, in ``currency``."""
        beginnings = (to[:length] for length in range(len(to), 1, -1))
        return next((self.prefixes[start] for start in beginnings if start in self.prefixes), self.elsewhere)

    def price(self, segments: int, to: str) -> Decimal:
        """The price of a text of so many segments to an E.164 number, in ``currency``."""
        return segments * self.each(to)
