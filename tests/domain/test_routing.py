"""Which line a text goes by: shares that add up, move gradually, come back, and never leave a line's countries."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.lines import Line
from chalicelib.domain.numbers import country_code
from chalicelib.domain.routing import (
    ENOUGH,
    FLOOR,
    RECOVERY,
    STEP,
    WINDOW,
    chosen,
    preferred,
    serving,
    shares,
    told,
    weight,
)
from tests.domain.cases import NOW

CHINA, SINGAPORE = "+8613900139000", "+6581234567"
PREFIXES = st.sampled_from([("+",), ("+86",), ("+65", "+852"), ("+1", "+86"), ()])
LINES = st.lists(
    st.builds(
        Line,
        name=st.sampled_from("abcd"),
        prefixes=PREFIXES,
        share=st.floats(0.01, 100),
        weight=st.floats(FLOOR, 1),
        weighed_at=st.just(NOW),
        good=st.integers(0, 50),
        bad=st.integers(0, 50),
    ),
    max_size=4,
    unique_by=lambda line: line.name,
)
NUMBERS = st.sampled_from([CHINA, SINGAPORE, "+85291234567", "+12025550123", "+4915112345678"])
MINUTES = st.integers(0, 600).map(lambda minutes: NOW + timedelta(minutes=minutes))
OUTCOMES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 300)), max_size=30)


@given(LINES, NUMBERS, MINUTES)
def test_shares_are_one_together_and_only_of_lines_that_serve(lines: list[Line], to: str, now: object) -> None:
    parts = shares(lines, to, now)  # type: ignore[arg-type]
    assert set(parts) == {line.name for line in lines if line.serves(to)}
    assert sum(parts.values()) == pytest.approx(1) or not parts
    assert all(part > 0 for part in parts.values())


@given(LINES, NUMBERS, st.floats(0, 1))
def test_what_is_chosen_serves_the_number(lines: list[Line], to: str, draw: float) -> None:
    parts = shares(lines, to, NOW)
    if parts:
        assert chosen(parts, draw) in {line.name for line in lines if line.serves(to)}


KEEPS, PLAIN = Line(name="twilio", templates=True), Line(name="sns")


def test_where_only_registered_texts_may_go_no_other_line_serves() -> None:
    assert [line.name for line in serving([PLAIN, KEEPS], CHINA, only_registered=True)] == ["twilio"]
    assert serving([PLAIN], CHINA, only_registered=True) == []
    assert serving([replace(KEEPS, prefixes=("+65",)), PLAIN], CHINA, only_registered=True) == []
    assert serving([PLAIN, KEEPS], CHINA, only_registered=False) == [PLAIN, KEEPS]


def test_a_registered_text_goes_by_a_line_that_keeps_templates_where_one_is_well() -> None:
    assert preferred([PLAIN, KEEPS], registered=True) == [KEEPS]
    assert preferred([PLAIN], registered=True) == [PLAIN]
    assert preferred([PLAIN, KEEPS], registered=False) == [PLAIN, KEEPS]


def test_draws_fall_by_the_shares() -> None:
    chose = [chosen({"a": 0.25, "b": 0.75}, draw / 400) for draw in range(400)]
    assert chose == ["a"] * 100 + ["b"] * 300


@given(OUTCOMES)
def test_a_weight_moves_gradually_and_stays_within_its_bounds(outcomes: list[tuple[int, int, int]]) -> None:
    line, now = Line(name="a"), NOW
    for good, bad, seconds in outcomes:
        now += timedelta(seconds=seconds)
        after = told(line, good, bad, now)
        windows = max(1, (now - (line.weighed_at or now)) // WINDOW)
        assert -STEP - 1e-9 <= after.weight - line.weight <= RECOVERY * windows + 1e-9
        assert FLOOR <= after.weight <= 1
        line = after


def test_a_line_that_fails_gives_up_its_share_and_gets_it_back() -> None:
    lines, now, seen = {name: Line(name=name) for name in "ab"}, NOW, [0.5]
    for minute in range(60):
        now += WINDOW
        failing = minute < 12
        lines["a"] = told(lines["a"], 0 if failing else 20, 20 if failing else 0, now)
        lines["b"] = told(lines["b"], 20, 0, now)
        seen.append(shares(lines.values(), CHINA, now)["a"])
    down, up = seen[2:13], seen[14:]
    assert down == sorted(down, reverse=True)
    assert down[-1] < 0.06
    assert up == sorted(up)
    assert seen[-1] == pytest.approx(0.5)


def test_a_few_faults_or_a_small_part_of_many_move_nothing() -> None:
    few = told(Line(name="a", weighed_at=NOW), 0, ENOUGH - 1, NOW)
    small = told(Line(name="a", weighed_at=NOW), 95, 5, NOW)
    assert [weight(line, NOW + WINDOW) for line in (few, small)] == [1, 1]
    assert weight(told(Line(name="a", weighed_at=NOW), 0, ENOUGH, NOW), NOW + WINDOW) == pytest.approx(1 - STEP)


@pytest.mark.parametrize(("bad", "windows"), [(0, 5), (50, 4)])
def test_a_line_nobody_uses_recovers_by_time_alone(bad: int, windows: int) -> None:
    line = Line(name="a", weight=FLOOR, weighed_at=NOW, bad=bad)
    assert weight(line, NOW + 5 * WINDOW) == pytest.approx(FLOOR + windows * RECOVERY)
    assert weight(line, NOW + 100 * WINDOW) == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (CHINA, "+86"), (SINGAPORE, "+65"), ("+85291234567", "+852"), ("+12025550123", "+1"), ("+79161234567", "+7"),
        ("+4915112345678", "+49"), ("+353851234567", "+353"), ("+886912345678", "+886"),
    ],
)  # fmt: skip
def test_the_code_of_a_country(number: str, code: str) -> None:
    assert country_code(number) == code
