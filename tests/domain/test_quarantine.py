"""Quarantine in calendar dates: end = start + days, whatever the clocks do meanwhile."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.quarantine import EARLIEST_START, LONGEST, planned, release_time, replanned
from tests.domain.cases import POINT, TODAY


@given(st.dates(date(2020, 1, 1), date(2034, 1, 1)), st.integers(1, LONGEST))
def test_the_end_date_is_start_plus_days(start: date, days: int) -> None:
    plan = planned("hotel", start, days, start)
    assert (plan.start_date, plan.end_date - plan.start_date, plan.plan) == (start, timedelta(days=days), 1)


@pytest.mark.parametrize(
    ("kind", "start", "days", "faults"),
    [
        ("tent", 0, 14, {"kind"}),
        ("hotel", 0, 0, {"days"}),
        ("hotel", 0, LONGEST + 1, {"days"}),
        ("hotel", -EARLIEST_START - 1, 14, {"start_date"}),
        ("hotel", EARLIEST_START + 1, 14, {"start_date"}),
        ("tent", 90, -1, {"kind", "days", "start_date"}),
    ],
)
def test_every_fault_at_once(kind: str, start: int, days: int, faults: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        planned(kind, TODAY + timedelta(days=start), days, TODAY)
    assert {error.field for error in refused.value.errors} == faults


def test_a_change_is_a_new_plan_within_its_bounds() -> None:
    plan = planned("home", TODAY, 14, TODAY)
    assert replanned(plan, TODAY + timedelta(days=7)) == replace(plan, end_date=TODAY + timedelta(days=7), plan=2)
    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=LONGEST + 1)):
        with pytest.raises(Invalid):
            replanned(plan, wrong)


@pytest.mark.parametrize(
    ("zone", "start", "released"),
    [
        ("Asia/Shanghai", "2026-11-23", "2026-12-07T08:00:00+08:00"),
        ("Europe/Berlin", "2026-03-20", "2026-04-03T08:00:00+02:00"),  # spring: the last day has 23 hours less a day
        ("Europe/Berlin", "2026-10-20", "2026-11-03T08:00:00+01:00"),
        ("America/New_York", "2026-10-25", "2026-11-08T08:00:00-05:00"),
        ("America/St_Johns", "2026-03-01", "2026-03-15T08:00:00-02:30"),
    ],
)
def test_release_is_at_the_local_hour_of_the_end_date(zone: str, start: str, released: str) -> None:
    day = date.fromisoformat(start)
    plan = planned("hotel", day, 14, day)
    assert release_time(plan, replace(POINT, time_zone=zone)) == datetime.fromisoformat(released)
