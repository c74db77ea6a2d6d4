"""Ten thousand texts due at once: at the line's rate, never above it by more than a burst, the most urgent first."""

from itertools import accumulate

import pytest

from chalicelib.domain.lines import BURST, Line
from chalicelib.domain.messages import Message
from chalicelib.domain.urgency import LANES, NUMBER, lane
from tests.actions.traffic import Counter, Traffic
from tests.actions.world import Clock

RATE = 50
EVENTS = ("quarantine_ended", "date_changed", "dispatched", "unacknowledged")


@pytest.fixture(scope="module")
def night() -> tuple[Traffic, Counter, list[str]]:
    """What waited is owed in the wrong order; half a minute later somebody's hand-over is not acknowledged."""
    clock = Clock()
    provider = Counter(clock)
    traffic = Traffic([(Line(name="twilio", rate=RATE), provider)], clock)
    traffic.owe(1, "dispatched")
    traffic.run(60)
    for event in EVENTS:
        traffic.owe(2_500, event)
    late: list[str] = []

    def escalates(tick: int) -> None:
        if tick == 4 * 100:
            late.extend(traffic.owe(1, "unacknowledged"))
            traffic.queue.nudge("message", late[0])

    traffic.run(60 + 10_000 // RATE, each=escalates)
    return traffic, provider, late


def test_all_go_and_each_once(night: tuple[Traffic, Counter, list[str]]) -> None:
    _, provider, _ = night
    assert len(provider.sent) == len({sent for _, sent in provider.sent}) == 10_002


def test_the_rate_is_used_and_never_exceeded_by_more_than_a_burst(night: tuple[Traffic, Counter, list[str]]) -> None:
    _, provider, _ = night
    times = [(at - provider.sent[1][0]).total_seconds() for at, _ in provider.sent[1:]]
    assert len(times) / times[-1] >= 0.95 * RATE
    first = 0
    for last, at in enumerate(times):
        # The window that ends here and is worst begins where as few as possible had gone for its length.
        assert last - first + 1 <= RATE * (at - times[first] + BURST)
        if last - first - RATE * (at - times[first]) < 0:
            first = last


def test_the_most_urgent_go_first(night: tuple[Traffic, Counter, list[str]]) -> None:
    traffic, provider, late = night
    lanes = [lane(traffic.ports.store.get(Message, sent).event) for _, sent in provider.sent if sent not in late]
    for urgent in range(NUMBER - 1):
        overtook = list(accumulate(each > urgent for each in lanes))
        most = max(overtaken for overtaken, each in zip(overtook, lanes, strict=True) if each == urgent)
        assert most <= RATE * BURST, LANES


def test_an_alarm_in_the_midst_of_it_goes_within_seconds(night: tuple[Traffic, Counter, list[str]]) -> None:
    traffic, provider, (late,) = night
    owed = traffic.ports.store.get(Message, late).created_at
    assert [(at - owed).total_seconds() <= 2 for at, sent in provider.sent if sent == late] == [True]
