"""The sender's role may text a phone by Amazon's own service, and no other role may.

That it may speak to no topic is the template's test: the local AWS does not look at which topic is meant."""

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.environment import REGION
from infra.local.stack import Stack

PHONE = "+6581234567"


def of_role(whole: Stack, function: str, service: str) -> object:
    """A client with what the policy of a function's role allows."""
    arn = whole.client("lambda").get_function(FunctionName=f"{whole.prefix}-{function}")["Configuration"]["Role"]
    found = whole.client("sts").assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    return boto3.client(
        service, region_name=REGION, endpoint_url=whole.addresses.aws, aws_access_key_id=found["AccessKeyId"],
        aws_secret_access_key=found["SecretAccessKey"], aws_session_token=found["SessionToken"],
    )  # fmt: skip


def refused(client: object, **said: str) -> bool:
    """Whether a publication is denied."""
    try:
        client.publish(Message="text", **said)  # type: ignore[attr-defined]
    except ClientError as denied:
        return denied.response["Error"]["Code"] in ("AccessDenied", "AuthorizationError", "AccessDeniedException")
    return False


def test_the_sender_texts_a_phone(deployed: Stack) -> None:
    assert not refused(of_role(deployed, "send_messages", "sns"), PhoneNumber=PHONE)


@pytest.mark.parametrize("function", ["api_handler", "sweep", "release_due"])
def test_others_text_nobody(deployed: Stack, function: str) -> None:
    assert refused(of_role(deployed, function, "sns"), PhoneNumber=PHONE)


def test_the_sweep_counts_what_waits(deployed: Stack) -> None:
    sqs = of_role(deployed, "sweep", "sqs")
    address = deployed.client("sqs").get_queue_url(QueueName=f"{deployed.prefix}-messages")["QueueUrl"]
    names = ["ApproximateNumberOfMessages"]
    assert sqs.get_queue_attributes(QueueUrl=address, AttributeNames=names)["Attributes"]  # type: ignore[attr-defined]
