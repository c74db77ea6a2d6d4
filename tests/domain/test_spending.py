"""What many texts cost, counted before they go."""

from datetime import date
from decimal import Decimal

from chalicelib.domain.messages import Addressed
from chalicelib.domain.prices import Prices
from chalicelib.domain.spending import cost_of
from tests.domain.cases import message

LIST = Prices(
    as_of=date(2026, 11, 1), currency="USD", elsewhere=Decimal("0.09"), prefixes={"+86": Decimal("0.03")}
)  # fmt: skip


def test_texts_are_counted_by_language_segment_and_price() -> None:
    abroad = Addressed("+442071838750", "x", "text")
    texts = [
        message(message_id="A"), message(message_id="B", segments=2, language="zh-Hans"),
        message(message_id="C", personal=abroad),
    ]  # fmt: skip
    cost = cost_of([*texts, texts[0]], LIST)
    assert (cost.messages, cost.segments, cost.price) == (3, 4, Decimal("0.18"))
    assert (cost.currency, cost.as_of, dict(cost.languages)) == ("USD", date(2026, 11, 1), {"en": 2, "zh-Hans": 1})


def test_nothing_costs_nothing() -> None:
    assert cost_of([], LIST).price == Decimal(0)
