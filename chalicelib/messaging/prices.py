"""The price list beside this file: data with a date, replaced by the contract's own."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from chalicelib.domain.prices import Prices

FILE = Path(__file__).parent / "prices.toml"


def parse(content: str) -> Prices:
    """A price list from TOML; raises KeyError for a missing entry, ArithmeticError for what is no number."""
    read = tomllib.loads(content)
    prefixes = {prefix: Decimal(price) for prefix, price in read["prefixes"].items()}
    return Prices(
        as_of=read["as_of"], currency=read["currency"], source=read["source"], elsewhere=Decimal(read["elsewhere"]),
        prefixes=prefixes,
    )  # fmt: skip


@cache
def prices() -> Prices:
    """The list in force."""
    return parse(FILE.read_text("utf-8"))


def price(segments: int, to: str) -> Decimal:
    """What a text of so many segments to an E.164 number costs, in the list's currency."""
    return prices().price(segments, to)
