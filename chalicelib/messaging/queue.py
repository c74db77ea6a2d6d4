"""The nudge: a word on the queue that a row wants work now. What it loses, the sweep finds."""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

log = logging.getLogger(__name__)

BATCH = 10
"""What SQS takes at once."""


class SqsQueue:
    """Best effort, and quickly given up: a request waits for it. ``endpoint_url`` is for a local AWS."""

    def __init__(
        self, queue_name: str, region: str, endpoint_url: str | None = None, connect: float = 0.5, read: float = 1.0
    ) -> None:
        self._queue_name = queue_name
        limits = Config(connect_timeout=connect, read_timeout=read, retries={"total_max_attempts": 1})
        self._client: Any = boto3.client("sqs", region_name=region, endpoint_url=endpoint_url, config=limits)

    def nudge(self, kind: str, key: str) -> bool:
        """Say that a row wants work now; False when the queue is away."""
        return self.nudge_all(kind, [key])

    def nudge_all(self, kind: str, keys: Iterable[str], delay: int = 0) -> bool:
        """Say it of many rows, ten to a call, ``delay`` seconds from now; False when any of them was not taken."""
        batches = _batches([json.dumps({"kind": kind, "id": key}) for key in keys])
        return all(self._sent(batch, delay) for batch in batches)

    def _sent(self, bodies: Sequence[str], delay: int) -> bool:
        entries = [{"Id": str(place), "MessageBody": body, "DelaySeconds": delay} for place, body in enumerate(bodies)]
        try:
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
        except (BotoCoreError, ClientError) as fault:
            log.warning("queue away", extra={"fault": type(fault).__name__, "lost": len(bodies)})
            return False
        return not answer.get("Failed")

    @cached_property
    def _url(self) -> str:
        return str(self._client.get_queue_url(QueueName=self._queue_name)["QueueUrl"])


def _batches(bodies: Sequence[str]) -> Iterator[Sequence[str]]:
    rest = iter(bodies)
    while batch := list(islice(rest, BATCH)):
        yield batch
