"""Queues what the nudge missed."""

from typing import Any

from chalice import Blueprint, Rate

blueprint = Blueprint(__name__)


@blueprint.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: Any) -> dict[str, Any]:
    """Answer what was done; ``now`` in the event stands for the time in local stages."""
    return {"job": "sweep", "now": event.to_dict().get("now")}
