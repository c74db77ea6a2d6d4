"""What a text costs: the longest known prefix decides."""

from datetime import date
from decimal import Decimal

from chalicelib.domain.prices import Prices

LIST = Prices(
    as_of=date(2026, 11, 1), currency="USD", elsewhere=Decimal("0.09"),
    prefixes={"+8": Decimal("0.05"), "+86": Decimal("0.03"), "+852": Decimal("0.04")},
)  # fmt: skip


def test_the_longest_known_prefix_decides() -> None:
    assert LIST.each("+8613800138000") == Decimal("0.03")
    assert LIST.each("+85261234567") == Decimal("0.04")
    assert LIST.each("+819012345678") == Decimal("0.05")


def test_a_number_of_no_known_country_costs_what_elsewhere_costs() -> None:
    assert LIST.each("+447700900123") == Decimal("0.09")


def test_every_segment_is_paid() -> None:
    assert LIST.price(3, "+8613800138000") == Decimal("0.09")
