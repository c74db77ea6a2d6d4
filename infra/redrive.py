"""`make redrive`: what died in the dead-letter queue goes back to the queue it came from, word for word.

A nudge names a row and its row decides: one that is put back twice, or too late, does nothing.
"""

import argparse
import os
import sys
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.environment import stage_settings
from infra.local.plan import Plan
from infra.local.process import StartError
from infra.local.stack import Stack, prefix_of
from infra.package import LOCAL_STAGES

AT_ONCE = 10
"""The most that the queue hands out in one answer."""
TIMES = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 5, "mode": "standard"})


def put_back(sqs: Any, prefix: str) -> int:
    """How many went back. Each is deleted only after it stands in the queue, so none is lost when this is killed."""
    queue, dead = (
        sqs.get_queue_url(QueueName=f"{prefix}-{name}")["QueueUrl"] for name in ("messages", "messages-dead")
    )
    moved = 0
    while found := sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=AT_ONCE).get("Messages", []):
        for letter in found:
            sqs.send_message(QueueUrl=queue, MessageBody=letter["Body"])
            sqs.delete_message(QueueUrl=dead, ReceiptHandle=letter["ReceiptHandle"])
        moved += len(found)
    return moved


def main() -> int:
    """Put back what died in the stage's queue, and say how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", default="local")
    stage = parser.parse_args().stage
    try:
        sqs = _sqs(stage)
        print(f"{put_back(sqs, stage_settings(stage)['TABLE_PREFIX'])} put back.")
    except KeyError:
        print(f"There is no stage {stage} in .chalice/config.json.", file=sys.stderr)
        return 1
    except (StartError, BotoCoreError, ClientError) as error:
        print(f"Nothing more was put back. {error}", file=sys.stderr)
        return 1
    return 0


def _sqs(stage: str) -> Any:
    stage_settings(stage)
    if stage in LOCAL_STAGES:
        plan = Plan.from_environment()
        return Stack(plan.stage, plan.running(), prefix_of(plan.stage)).client("sqs")
    return boto3.Session(region_name=os.environ.get("AWS_REGION")).client("sqs", config=TIMES)


if __name__ == "__main__":
    sys.exit(main())
