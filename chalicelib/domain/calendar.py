"""Dates at a point of entry: an instant becomes a local date here and nowhere else."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(22, 0), time(7, 30)
"""field.md: nobody but officers and contacts on duty is texted between these, dispatch excepted."""


def local_date(now: datetime, zone: str) -> date:
    """The calendar date at the point."""
    return now.astimezone(ZoneInfo(zone)).date()


def at_local(day: date, hour: time, zone: str) -> datetime:
    """The instant, in UTC, of a local time of day; an hour that a clock change skips is taken as the hour after it."""
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def days_left(end_date: date, today: date) -> int:
    """Whole days until release; 0 on the day itself and after."""
    return max(0, (end_date - today).days)


def after_quiet_hours(now: datetime, zone: str) -> datetime:
    """``now``, or the end of the quiet hours that it falls into."""
    local = now.astimezone(ZoneInfo(zone))
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return now
    morning = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return at_local(morning, QUIET_UNTIL, zone)


def parse_hour(text: str) -> time:
    """``"08:00"`` as a time of day; raises ValueError."""
    return time.fromisoformat(text)
