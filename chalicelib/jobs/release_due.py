"""Releases whose quarantine has ended."""

from typing import Any

from chalice import Blueprint, Rate

from chalicelib.actions.release import release_due as release
from chalicelib.jobs.times import asked_time
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.wiring import wiring

blueprint = Blueprint(__name__)


@blueprint.schedule(Rate(10, unit=Rate.MINUTES), name="release_due")
def release_due(event: Any) -> dict[str, Any]:
    """How many were released; ``now`` in the event stands for the time in local stages."""
    here = wiring()
    now = asked_time(here, event)
    return {"job": "release_due", "now": now.isoformat(), **release(here.ports, now, due_shards("release"), stamp(now))}
