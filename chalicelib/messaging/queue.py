"""The nudge: a word on the queue that a row wants work now. What it loses, the sweep finds."""

import json
import logging
from collections.abc import Callable
from functools import cached_property
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

log = logging.getLogger(__name__)
LONGEST_DELAY = 900
"""Seconds that the queue can hold a word back."""


class SqsQueue:
    """Best effort, and quickly given up: a request waits for it. ``endpoint_url`` is for a local AWS.

    ``make`` is botocore's ``create_client`` of a session that others use too.
    """

    def __init__(
        self, queue_name: str, region: str, endpoint_url: str | None = None, connect: float = 0.5, read: float = 1.0,
        make: Callable[..., Any] | None = None,
    ) -> None:  # fmt: skip
        self._queue_name = queue_name
        limits = Config(connect_timeout=connect, read_timeout=read, retries={"total_max_attempts": 1})
        self._place = {"region_name": region, "endpoint_url": endpoint_url, "config": limits}
        self._make = make

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
    def _client(self) -> Any:
        # With the first nudge: a declaration owes nobody a message, and most processes begin with one.
        return (self._make or botocore.session.get_session().create_client)("sqs", **self._place)

    @cached_property
    def _url(self) -> str:
        return str(self._client.get_queue_url(QueueName=self._queue_name)["QueueUrl"])


def _kind(fault: Exception) -> str:
    code = (getattr(fault, "response", None) or {}).get("Error", {}).get("Code", "")
    return f"{type(fault).__name__} {code}".strip()
