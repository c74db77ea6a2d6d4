"""Local dates, quiet hours and release times, where clocks change too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.calendar import (
    QUIET_FROM,
    QUIET_UNTIL,
    after_quiet_hours,
    at_local,
    days_left,
    local_date,
    parse_hour,
)

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "UTC")
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        ("2026-11-22T16:00:00+00:00", "Asia/Shanghai", "2026-11-23"),
        ("2026-11-22T15:59:59+00:00", "Asia/Shanghai", "2026-11-22"),
        ("2026-11-23T04:59:59+00:00", "America/New_York", "2026-11-22"),
        ("2026-03-28T23:30:00+00:00", "Europe/Berlin", "2026-03-29"),
        ("2026-03-29T22:30:00+00:00", "Europe/Berlin", "2026-03-30"),
    ],
)
def test_the_date_is_the_points_own(now: str, zone: str, day: str) -> None:
    assert local_date(instant(now), zone) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "utc"),
    [
        ("2026-12-07", "08:00", "Asia/Shanghai", "2026-12-07T00:00:00+00:00"),
        ("2026-03-28", "08:00", "Europe/Berlin", "2026-03-28T07:00:00+00:00"),
        ("2026-03-29", "08:00", "Europe/Berlin", "2026-03-29T06:00:00+00:00"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30:00+00:00"),  # skipped: taken an hour later
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00+00:00"),  # twice: the first
        ("2026-10-25", "08:00", "Europe/Berlin", "2026-10-25T07:00:00+00:00"),
        ("2026-11-01", "08:00", "America/New_York", "2026-11-01T13:00:00+00:00"),
        ("2026-10-31", "08:00", "America/New_York", "2026-10-31T12:00:00+00:00"),
    ],
)
def test_a_local_hour_is_one_instant(day: str, hour: str, zone: str, utc: str) -> None:
    assert at_local(date.fromisoformat(day), parse_hour(hour), zone) == instant(utc)


@pytest.mark.parametrize(
    ("now", "zone", "then"),
    [
        ("2026-11-23T22:00:00+08:00", "Asia/Shanghai", "2026-11-24T07:30:00+08:00"),
        ("2026-11-23T21:59:59+08:00", "Asia/Shanghai", "2026-11-23T21:59:59+08:00"),
        ("2026-11-24T00:00:00+08:00", "Asia/Shanghai", "2026-11-24T07:30:00+08:00"),
        ("2026-11-24T07:29:59+08:00", "Asia/Shanghai", "2026-11-24T07:30:00+08:00"),
        ("2026-11-24T07:30:00+08:00", "Asia/Shanghai", "2026-11-24T07:30:00+08:00"),
        ("2026-03-28T23:00:00+01:00", "Europe/Berlin", "2026-03-29T07:30:00+02:00"),  # a night of eight hours
        ("2026-10-24T23:00:00+02:00", "Europe/Berlin", "2026-10-25T07:30:00+01:00"),  # a night of ten
        ("2026-10-25T02:30:00+01:00", "Europe/Berlin", "2026-10-25T07:30:00+01:00"),
        ("2026-10-31T23:30:00-04:00", "America/New_York", "2026-11-01T07:30:00-05:00"),
    ],
)
def test_nobody_is_woken(now: str, zone: str, then: str) -> None:
    assert after_quiet_hours(instant(now), zone) == instant(then)


@given(INSTANTS, st.sampled_from(ZONES))
def test_after_the_quiet_hours_nobody_sleeps(now: datetime, zone: str) -> None:
    then = after_quiet_hours(now, zone)
    assert QUIET_UNTIL <= then.astimezone(ZoneInfo(zone)).time() < QUIET_FROM
    assert timedelta(0) <= then - now <= timedelta(hours=10, minutes=30)
    assert after_quiet_hours(then, zone) == then


@given(INSTANTS, st.sampled_from(ZONES))
def test_a_local_noon_is_of_its_day(now: datetime, zone: str) -> None:
    day = local_date(now, zone)
    assert local_date(at_local(day, time(12), zone), zone) == day


@pytest.mark.parametrize(("end", "left"), [("2026-12-07", 14), ("2026-11-24", 1), ("2026-11-23", 0), ("2026-11-01", 0)])
def test_days_left(end: str, left: int) -> None:
    assert days_left(date.fromisoformat(end), date(2026, 11, 23)) == left
