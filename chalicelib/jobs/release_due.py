"""Releases whose quarantine has ended."""

from typing import Any

from chalice import Blueprint, Rate

blueprint = Blueprint(__name__)


@blueprint.schedule(Rate(10, unit=Rate.MINUTES), name="release_due")
def release_due(event: Any) -> dict[str, Any]:
    """Answer what was done; ``now`` in the event stands for the time in local stages."""
    return {"job": "release_due", "now": event.to_dict().get("now")}
