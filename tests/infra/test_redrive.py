"""What died goes back as it was: a second wrapping is what a worker would not find its way out of."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.stack import Stack
from infra.redrive import AT_ONCE, put_back

BODIES = [json.dumps({"kind": "message", "id": f"A{number:03}"}) for number in range(2 * AT_ONCE + 3)]


@pytest.fixture
def sqs(aws: Stack) -> Iterator[Any]:
    """Empty queues, before and after: other tests leave their nudges in them."""
    client = aws.client("sqs")
    _purge(client, aws)
    yield client
    _purge(client, aws)


def _purge(sqs: Any, aws: Stack) -> None:
    for name in ("messages", "messages-dead"):
        sqs.purge_queue(QueueUrl=_url(sqs, aws, name))


def _url(sqs: Any, aws: Stack, name: str) -> str:
    return str(sqs.get_queue_url(QueueName=f"{aws.prefix}-{name}")["QueueUrl"])


def _bodies(sqs: Any, url: str) -> list[str]:
    found: list[str] = []
    while letters := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        found += [letter["Body"] for letter in letters]
    return found


def test_everything_goes_back_word_for_word(aws: Stack, sqs: Any) -> None:
    for body in BODIES:
        sqs.send_message(QueueUrl=_url(sqs, aws, "messages-dead"), MessageBody=body)
    assert put_back(sqs, aws.prefix) == len(BODIES)
    assert sorted(_bodies(sqs, _url(sqs, aws, "messages"))) == sorted(BODIES)
    assert put_back(sqs, aws.prefix) == 0


def test_one_that_could_not_be_put_back_stays_dead(aws: Stack, sqs: Any) -> None:
    dead = _url(sqs, aws, "messages-dead")
    sqs.send_message(QueueUrl=dead, MessageBody=BODIES[0])
    with pytest.raises(ConnectionError):
        put_back(_Away(sqs), aws.prefix)
    counted = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["All"])["Attributes"]
    there = counted["ApproximateNumberOfMessages"], counted["ApproximateNumberOfMessagesNotVisible"]
    assert sum(map(int, there)) == 1


class _Away:
    """The queue's own client, but nothing can be sent."""

    def __init__(self, sqs: Any) -> None:
        self._sqs = sqs

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sqs, name)

    def send_message(self, **_: Any) -> None:
        raise ConnectionError
