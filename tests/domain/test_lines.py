"""A line's rate and what holds it: pure rules."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.lines import (
    BURST,
    CHUNK,
    IN,
    LANE_ROOM,
    MANY,
    PROBE_EVERY,
    Line,
    held,
    holding,
    mended,
    one_filtered,
    probing,
    scope,
    taken,
    waits,
)
from tests.domain.cases import NOW

CHINA, KOREA = "+8613900139000", "+821012345678"


def seconds(number: float) -> datetime:
    return NOW + timedelta(seconds=number)


class TestRate:
    @given(
        st.lists(st.tuples(st.floats(0, 0.5), st.integers(1, 4), st.integers(0, 3)), max_size=300), st.integers(0, 9)
    )
    def test_no_window_of_any_length_has_more_than_the_rate_and_one_burst(
        self, asked: list[tuple[float, int, int]], expected: int
    ) -> None:
        line, now, went = Line(name="a", rate=10), 0.0, []
        for pause, segments, lane in asked:
            now += pause
            if waits(line, lane, seconds(now)) == 0:
                line, many = taken(line, segments, seconds(now), expected)
                assert many >= segments
                went.append((now, many))
        for start in range(len(went)):
            total = 0
            for at, many in went[start:]:
                total += many
                assert total <= 10 * (at - went[start][0] + BURST) + 1e-6

    def test_a_line_that_is_asked_for_more_is_used_to_the_full(self) -> None:
        line, went = Line(name="a", rate=10), 0
        for tick in range(6_000):
            if waits(line, 3, seconds(tick / 10)) == 0:
                line, many = taken(line, 1, seconds(tick / 10))
                went += many
        assert 0.95 * 6_000 <= went <= 6_000 + 10 * BURST

    @pytest.mark.parametrize("rate", [0.1, 1.0, 10.0, 100.0])
    def test_the_urgent_find_room_where_the_rest_waits(self, rate: float) -> None:
        line = Line(name="a", rate=rate, taken_until=seconds(LANE_ROOM[0]))
        assert [waits(line, lane, NOW) for lane in range(4)] == pytest.approx([0, 0.25, 0.5, 0.75])

    def test_a_chunk_is_what_is_expected_up_to_half_a_second_or_the_text(self) -> None:
        assert taken(Line(name="a", rate=100), 1, NOW, expected=5)[1] == 5
        assert taken(Line(name="a", rate=100), 1, NOW, expected=1_000)[1] == 100 * CHUNK
        assert taken(Line(name="a", rate=1), 3, NOW, expected=5)[1] == 3
        assert taken(Line(name="a", rate=100), 1, NOW)[1] == 1

    def test_a_worker_whose_clock_ran_ahead_stops_nobody(self) -> None:
        wrong = Line(name="a", rate=10, taken_until=seconds(86_400))
        assert waits(wrong, 3, NOW) == 0
        assert taken(wrong, 1, NOW)[0].taken_until == seconds(0.1)

    def test_without_a_rate_nothing_waits(self) -> None:
        assert waits(Line(name="a"), 3, NOW) == 0
        assert taken(Line(name="a"), 7, NOW) == (Line(name="a"), 7)


class TestHolds:
    def test_a_fault_holds_until_a_text_goes_through(self) -> None:
        line = held(Line(name="a"), "20003", CHINA, NOW)
        assert holding(line, CHINA) == holding(line, KOREA) == line.holds[""]
        whole = mended(line, KOREA)
        assert whole
        assert holding(whole, CHINA) is None
        assert mended(whole, CHINA) is None

    def test_one_text_tries_at_its_time_and_then_the_next_minute(self) -> None:
        line = held(Line(name="a"), "20003", CHINA, NOW)
        assert probing(line, CHINA, NOW + PROBE_EVERY - timedelta(seconds=1)) is None
        trying = probing(line, CHINA, NOW + PROBE_EVERY)
        assert trying
        assert probing(trying, CHINA, NOW + PROBE_EVERY) is None
        assert probing(trying, CHINA, NOW + 2 * PROBE_EVERY)
        assert probing(Line(name="a"), CHINA, NOW) is None

    def test_a_held_line_that_fails_again_is_the_same_hold(self) -> None:
        once = held(Line(name="a"), "20003", CHINA, NOW)
        again = held(once, "20005", CHINA, NOW + PROBE_EVERY)
        assert (again.holds[""].since, again.holds[""].code) == (NOW, "20005")

    def test_permission_for_one_country_holds_that_country(self) -> None:
        line = held(Line(name="a"), "21408", KOREA, NOW)
        assert scope("21408", KOREA) == "+82"
        assert holding(line, KOREA)
        assert holding(line, CHINA) is None
        assert mended(line, CHINA) is None

    def test_filtered_in_numbers(self) -> None:
        line = Line(name="a")
        for number in range(MANY):
            assert not line.holds
            line = one_filtered(line, "30007", CHINA, NOW + timedelta(seconds=number))
        assert set(line.holds) == {"+86"}
        whole = mended(line, CHINA)
        assert whole
        assert one_filtered(whole, "30007", CHINA, NOW + timedelta(minutes=1)).holds, "the filter is still there"

    def test_filtered_now_and_then(self) -> None:
        line = Line(name="a")
        for number in range(4 * MANY):
            line = one_filtered(line, "30007", CHINA, NOW + number * IN / (MANY - 1))
        assert not line.holds
        assert len(line.filtered["+86"]) <= MANY

    @given(st.lists(st.sampled_from(["fault", "21408", "filtered", "through", "probe"]), max_size=40), st.randoms())
    def test_whatever_happens_a_hold_ends_with_the_next_text_that_goes_through(
        self, happens: list[str], random: Random
    ) -> None:
        line, now = Line(name="a"), NOW
        for what in happens:
            now += timedelta(seconds=random.randrange(90))
            to = random.choice([CHINA, KOREA])
            match what:
                case "filtered":
                    line = one_filtered(line, "30007", to, now)
                case "through":
                    line = mended(line, to) or line
                    assert holding(line, to) is None
                case "probe":
                    line = probing(line, to, now) or line
                case code:
                    line = held(line, "20003" if code == "fault" else code, to, now)
            assert all(hold.probe_at <= now + PROBE_EVERY for hold in line.holds.values()), "never forgotten"
