"""Queues what the nudge missed."""

from typing import Any

from chalice import Blueprint, Rate

from chalicelib.actions.figure_day import ask_for_figures
from chalicelib.actions.sweep_owed import sweep_owed
from chalicelib.jobs.times import asked_time
from chalicelib.storage.layouts import due_shards, stamp
from chalicelib.wiring import wiring

blueprint = Blueprint(__name__)
KINDS = ("fanout", "digest", "escalation", "stop", "message")
"""Messages last: of them there may be more than one run has time for."""


@blueprint.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: Any) -> dict[str, Any]:
    """How many rows of each kind were queued; ``now`` in the event stands for the time in local stages."""
    here = wiring()
    now = asked_time(here, event)
    swept = sweep_owed(here.ports, {kind: due_shards(kind) for kind in KINDS}, stamp(now))
    return {"job": "sweep", **swept, "figures": ask_for_figures(here.ports.queue, here.ports.places.points(), now)}
