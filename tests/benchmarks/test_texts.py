"""The pure parts of the figures about texts: a pace, a provider's minimum, and what the naive way writes and costs."""

from decimal import Decimal

import pytest

from chalicelib.domain.case import Case
from chalicelib.domain.places import Contact
from chalicelib.messaging.prices import prices
from tests.actions.world import MOTHER, OWN, World, contact, daughter
from tests.benchmarks.departing import provider_bound
from tests.benchmarks.figure import Effort
from tests.benchmarks.journey_texts import measure
from tests.benchmarks.naive import Bill, Text, bill, priced, texts_of
from tests.benchmarks.working import a_second

KINDS = (("dispatched", "district"), ("dispatched", "family"), ("dispatched", "traveller"))
DESK = (
    Contact(name="Desk", phone="+8613800500003", language="zh-Hans", reach="text", duty=()),
    Contact(name="Landline", phone="+862361234567", language="zh-Hans", reach="call", duty=()),
)


def values(language: str) -> dict[str, str]:
    return {"district": "渝中区", "hotline": "023-12320", "code": "482913"}


def party(world: World) -> list[Case]:
    receipt = world.declare(companions=[daughter()], family_contacts=[contact(), contact("+8613900139001")])
    return [world.case(line.traveller_id) for line in receipt.party]


def test_a_pace_and_a_minimum() -> None:
    assert a_second([500.0, 250.0], 5) == [10.0, 20.0]
    assert provider_bound(150, 10) == pytest.approx(12.0)
    assert provider_bound(150, 100) == 0


def test_the_naive_way_tells_every_contact_of_every_traveller() -> None:
    told = [[text.to for text in texts_of(case, KINDS, DESK, values)] for case in party(World())]
    assert told[0] == ["+8613800500003", MOTHER, "+8613900139001", OWN]
    assert told[1][:3] == told[0][:3]


def test_the_naive_way_takes_the_fullest_wording_and_names_nobody_else() -> None:
    declarer, _ = party(World())
    bodies = [text.body for text in texts_of(declarer, KINDS[1:2], (), values)]
    assert len(set(bodies)) == 1
    assert "渝中区" in bodies[0]
    assert "{" not in bodies[0]


def test_a_bill_counts_segments_by_number() -> None:
    each = [("+8613900139000", 1), ("+8613900139000", 2), ("+14155550100", 1)]
    assert bill(each, prices()) == Bill(3, 4, prices().price(3, "+86") + prices().price(1, "+1"))
    assert bill([], prices()) == Bill(0, 0, Decimal(0))
    assert priced([Text("+86139", "渝" * 71)], prices()).segments == 2


def test_a_journey_is_cheaper_than_the_naive_one_in_texts_and_segments_and_each_is_one_segment() -> None:
    figure = measure(Effort(heads=100))
    ours, plain = figure.data["segments"]
    texts, many = figure.data["texts"]
    assert texts == ours < many <= plain
    assert figure.goals[0].met
