"""The nudge: a word on the queue that a row wants work now. What it loses, the sweep finds."""

import json
import logging
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

log = logging.getLogger(__name__)
LONGEST_DELAY = 900
"""Seconds that the queue can hold a word back."""


class SqsQueue:
    """Best effort, and quickly given up: a request waits for it. ``endpoint_url`` is for a local AWS."""

    def __init__(
        self, queue_name: str, region: str, endpoint_url: str | None = None, connect: float = 0.5, read: float = 1.0
    ) -> None:
        self._queue_name = queue_name
        limits = Config(connect_timeout=connect, read_timeout=read, retries={"total_max_attempts": 1})
        self._client: Any = boto3.client("sqs", region_name=region, endpoint_url=endpoint_url, config=limits)

    def nudge(self, kind: str, key: str, delay: int = 0) -> bool:
        """Say that a row wants work now, or in up to 900 seconds; False when the queue is away."""
        body = json.dumps({"kind": kind, "id": key})
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=body, DelaySeconds=min(delay, LONGEST_DELAY))
        except (BotoCoreError, ClientError) as fault:
            log.warning("queue away: %s", _kind(fault), extra={"kind": kind})
            return False
        return True

    def waiting(self) -> int:
        """About how many words nobody has taken yet, without those for later; 0 when it is away."""
        name = "ApproximateNumberOfMessages"
        try:
            found = self._client.get_queue_attributes(QueueUrl=self._url, AttributeNames=[name])["Attributes"]
        except (BotoCoreError, ClientError) as fault:
            log.warning("queue away: %s", _kind(fault))
            return 0
        return int(found.get(name, 0))

    @cached_property
    def _url(self) -> str:
        return str(self._client.get_queue_url(QueueName=self._queue_name)["QueueUrl"])


def _kind(fault: Exception) -> str:
    code = (getattr(fault, "response", None) or {}).get("Error", {}).get("Code", "")
    return f"{type(fault).__name__} {code}".strip()
