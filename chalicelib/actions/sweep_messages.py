"""Due messages onto the queue: the most urgent first, no more than the lines carry until the next sweep."""

import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby

from chalicelib.actions.keep_lines import read_lines
from chalicelib.actions.ports import Ports, View
from chalicelib.actions.whole_view import every
from chalicelib.domain.messages import Message
from chalicelib.domain.pace import Pace

MOST = 8_000
"""Rows that one sweep looks at: the rest come with the next one."""


def sweep_messages(ports: Ports, shards: Iterable[str], stamp: str) -> int:
    """How many were put on the queue, each delayed to when there is room for it; ``shards`` are in order of urgency."""
    lines = [line for line in read_lines(ports).values() if not line.taken_out]
    pace, count = Pace(lines, ports.queue.waiting(), ports.clock(), ports.texts.registered_only), 0
    for seen, message in enumerate(_by_urgency(ports, shards, stamp), 1):
        delay = pace.delay(message)
        if delay is not None and not ports.queue.nudge("message", message.message_id, delay):
            return count  # the queue is away; the next sweep finds the same rows
        count += delay is not None
        if pace.is_full or seen == MOST:
            break
    return count


def _by_urgency(ports: Ports, shards: Iterable[str], stamp: str) -> Iterator[Message]:
    """Lane after lane, each of its shards' rows by the time they are due."""
    for _, lane in groupby(shards, key=lambda shard: shard.rpartition("#")[0]):
        rows = [_rows(ports, shard, stamp) for shard in lane]
        yield from heapq.merge(*rows, key=lambda message: (message.due_at, message.message_id))


def _rows(ports: Ports, shard: str, stamp: str) -> Iterator[Message]:
    rows = every(ports.store, View(Message, "by_due", shard, until=stamp))
    return (row for row in rows if row.due_at is not None)  # an index may lag behind its rows
