"""The order in which texts go when more are due than a line carries."""

from collections.abc import Mapping

LANES: Mapping[str, int] = {
    "unacknowledged": 0,
    "dispatched": 1, "plan_changed": 1,
    "quarantine_started": 2, "date_changed": 2,
    "quarantine_ended": 3,
}  # fmt: skip
"""event -> lane, the most urgent first: hand-overs, journeys, dates, ends."""
NUMBER = max(LANES.values()) + 1
_OTHERS = 1


def lane(event: str) -> int:
    """The lane of an event's texts; one that nobody placed goes with the journeys."""
    return LANES.get(event, _OTHERS)
