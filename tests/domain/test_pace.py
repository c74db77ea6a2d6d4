"""How due texts are spread over a minute."""

from datetime import timedelta

from chalicelib.domain.lines import PROBE_EVERY, Line, held
from chalicelib.domain.messages import EVENTS, MessageState
from chalicelib.domain.pace import Pace
from chalicelib.domain.urgency import LANES, NUMBER, lane
from tests.domain.cases import NOW, message

KOREA = "+821012345678"


def test_no_more_than_a_minute_carries_and_evenly() -> None:
    pace, delays = Pace([Line(name="a", rate=2)], 0, NOW), []
    while not pace.is_full:
        delays.append(pace.delay(message(segments=2)))
    assert delays == list(range(60))


def test_what_is_on_the_queue_goes_first() -> None:
    pace = Pace([Line(name="a", rate=10)], 250, NOW)
    assert (pace.delay(message()), pace.is_full) == (25, False)
    assert Pace([Line(name="a", rate=10)], 600, NOW).is_full


def test_before_anything_went_a_few() -> None:
    pace = Pace([], 0, NOW)
    assert [pace.delay(message()) for _ in range(20)] == [0] * 10 + [1] * 10


def test_without_a_rate_all_at_once() -> None:
    pace = Pace([Line(name="a", rate=1), Line(name="b")], 10_000, NOW)
    assert {pace.delay(message(segments=3)) for _ in range(1000)} == {0}
    assert not pace.is_full


def test_while_a_line_is_held_one_text_tries_it_and_what_is_over_is_told() -> None:
    line = held(Line(name="a", rate=10), "20003", KOREA, NOW)
    assert Pace([line], 0, NOW).delay(message()) is None
    later = NOW + PROBE_EVERY
    pace = Pace([line], 0, later)
    assert [pace.delay(message()) for _ in range(3)] == [0, None, None]
    assert pace.delay(message(created_at=later - timedelta(hours=5))) == 0
    assert pace.delay(message(state=MessageState.UNKNOWN)) == 0, "asking is no sending"


def test_another_line_goes_on() -> None:
    line, korea = held(Line(name="a", rate=10), "20003", KOREA, NOW), Line(name="b", rate=10, prefixes=("+82",))
    pace = Pace([line, korea], 0, NOW)
    to_korea = message(personal=message().personal.__class__(KOREA, "", "text"))
    assert (pace.delay(message()), pace.delay(to_korea)) == (None, 0)


def test_where_only_registered_texts_may_go_a_line_that_keeps_none_is_not_counted_on() -> None:
    keeps = held(Line(name="a", rate=10, templates=True), "20003", KOREA, NOW)
    lines = [keeps, Line(name="b", rate=10)]
    to_korea = message(personal=message().personal.__class__(KOREA, "", "text"))
    pace = Pace(lines, 0, NOW, lambda to: to == KOREA)
    assert (pace.delay(to_korea), pace.delay(message())) == (None, 0)


def test_every_event_has_its_lane_and_an_unknown_one_is_not_last() -> None:
    assert set(EVENTS) <= set(LANES)
    assert sorted(set(LANES.values())) == list(range(NUMBER))
    order = ["unacknowledged", "dispatched", "date_changed", "quarantine_ended"]
    assert sorted(order, key=lane) == order
    assert lane("something new") < lane("quarantine_ended")
