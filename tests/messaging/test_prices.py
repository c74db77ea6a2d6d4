"""The price list as it is shipped."""

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.messaging.prices import parse, price, prices


def test_the_list_says_from_when_and_from_where_it_is() -> None:
    assert prices().as_of >= date(2026, 1, 1)
    assert "example" in prices().source
    assert len(prices().currency) == 3


def test_every_price_is_a_positive_number_for_a_prefix() -> None:
    assert all(prefix[0] == "+" and prefix[1:].isdigit() for prefix in prices().prefixes)
    assert all(0 < each < 1 for each in (prices().elsewhere, *prices().prefixes.values()))


def test_a_text_of_two_segments_costs_twice() -> None:
    assert price(2, "+8613800138000") == 2 * prices().prefixes["+86"]
    assert price(1, "+9999") == prices().elsewhere


def test_a_price_is_never_a_binary_fraction() -> None:
    assert isinstance(price(1, "+12025550123"), Decimal)


def test_a_list_without_its_date_is_refused() -> None:
    with pytest.raises(KeyError):
        parse('currency = "USD"\nsource = ""\nelsewhere = "0.1"\n[prefixes]\n')
