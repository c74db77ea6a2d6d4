"""The nudge: a word on the queue that a row wants work now. What it loses, the sweep finds."""

import json
import logging
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

log = logging.getLogger(__name__)


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
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=json.dumps({"kind": kind, "id": key}))
        except (BotoCoreError, ClientError) as fault:
            log.warning("queue away: %s", _kind(fault), extra={"kind": kind})
            return False
        return True

    @cached_property
    def _url(self) -> str:
        return str(self._client.get_queue_url(QueueName=self._queue_name)["QueueUrl"])


def _kind(fault: Exception) -> str:
    code = (getattr(fault, "response", None) or {}).get("Error", {}).get("Code", "")
    return f"{type(fault).__name__} {code}".strip()
