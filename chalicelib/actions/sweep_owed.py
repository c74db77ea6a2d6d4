"""The sweep: whatever a nudge missed is found by its due time, within a minute."""

from itertools import islice, takewhile

from chalicelib.actions.ports import Ports, View
from chalicelib.actions.sweep_messages import sweep_messages
from chalicelib.actions.whole_view import every
from chalicelib.domain.handover import Escalation
from chalicelib.domain.work import BatchStop, FanOut, ReleaseDigest

MOST = 2_000
"""Rows of one kind and shard a minute: the rest come with the next sweep."""


def sweep_owed(ports: Ports, shards: dict[str, tuple[str, ...]], stamp: str) -> dict[str, int]:
    """How many rows of each kind were put on the queue; ``shards`` are the due partitions by kind."""
    return {kind: _swept(ports, kind, shards[kind], stamp) for kind in shards}


def _swept(ports: Ports, kind: str, shards: tuple[str, ...], stamp: str) -> int:
    if kind == "message":
        return sweep_messages(ports, shards, stamp)
    return sum(_sweep(ports, kind, shard, stamp) for shard in shards)


def _sweep(ports: Ports, kind: str, shard: str, stamp: str) -> int:
    entity = {"fanout": FanOut, "digest": ReleaseDigest, "escalation": Escalation, "stop": BatchStop}[kind]
    rows = islice(every(ports.store, View(entity, "by_due", shard, until=stamp)), MOST)
    # Once the queue is away nothing more is read; the next sweep finds the same rows.
    return sum(1 for _ in takewhile(lambda row: ports.queue.nudge(kind, key_of(row)), rows))


def key_of(row: FanOut | ReleaseDigest | Escalation | BatchStop) -> str:
    """What the queue calls a row."""
    match row:
        case FanOut():
            return f"{row.dispatch_id}#{row.stage}"
        case ReleaseDigest():
            return f"{row.point}#{row.district}#{row.day}"
        case Escalation():
            return f"{row.dispatch_id}#{row.stage}#{row.step}"
        case BatchStop():
            return row.batch
