"""A day's messages in figures: percentiles that somebody really had, money, causes; a drill is in none of them."""

from datetime import timedelta

import pytest

from chalicelib.domain.figures import Counting, Delays, delays
from chalicelib.domain.messages import MessageState
from tests.domain.cases import NOW, TODAY, message
from tests.domain.test_spending import LIST

M = MessageState


@pytest.mark.parametrize(
    ("seconds", "found"),
    [
        ([], None), ([7], Delays(7, 7)), ([1, 2], Delays(1, 2)), ([3, 1, 2], Delays(2, 3)),
        (range(1, 101), Delays(50, 95)), (range(1, 21), Delays(10, 19)),
    ],
)  # fmt: skip
def test_half_and_nineteen_of_twenty(seconds: list[float], found: Delays | None) -> None:
    assert delays(seconds) == found


def test_a_day_is_counted() -> None:
    counting = Counting(LIST)
    later = {"owed": NOW, "sent": NOW + timedelta(seconds=30), "delivered": NOW + timedelta(seconds=90)}
    counting.add(message(state=M.DELIVERED, segments=2, times=later), NOW)
    counting.add(message(state=M.SENT, times={"sent": NOW - timedelta(seconds=5)}), NOW)
    counting.add(message(state=M.FAILED, code="21614"), NOW)
    counting.add(message(state=M.UNKNOWN), NOW)
    counting.add(message(state=M.OWED), NOW)
    counting.add(message(state=M.CANCELLED), NOW)
    counting.add(message(state=M.DELIVERED, drill=True), NOW)
    row = counting.figures("CKG", TODAY, NOW)
    assert dict(row.states) == dict.fromkeys(("delivered", "sent", "failed", "unknown", "owed", "cancelled"), 1)
    assert (row.messages, row.segments) == (6, 7)
    assert dict(row.causes) == {"21614": 1, "unknown": 1}
    assert (row.sent, row.delivered) == (Delays(0, 30), Delays(90, 90))
    assert (row.micros, row.open_micros) == (120_000, 30_000)
