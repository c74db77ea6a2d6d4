"""The time that a job works at."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.wiring import Wiring


def asked_time(here: Wiring, event: Any) -> datetime:
    """The clock's, or in local stages the event's ``now`` (RFC 3339 with offset); raises ValueError for another."""
    asked = event.to_dict().get("now")
    if not asked:
        return here.clock()
    if not here.settings.is_local:
        raise ValueError("only local stages choose their time")
    moment = datetime.fromisoformat(asked)
    if moment.tzinfo is None:
        raise ValueError("a time needs its offset, such as 2026-12-07T08:10:00+08:00")
    return moment.astimezone(UTC)
