"""When a row that only finds others may go."""

from datetime import datetime, timedelta


def in_days(now: datetime, days: int) -> int:
    """Seconds since 1970, ``days`` from ``now``: what DynamoDB's TTL reads."""
    return int((now + timedelta(days=days)).timestamp())
