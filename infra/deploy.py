"""Puts a template and its code up as a CloudFormation stack: the same steps for the local AWS and the real one."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from infra.package import Package

Client = Callable[[str], Any]
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
# CloudFormation takes a template of this many bytes in the call itself; a larger one has to lie in S3.
INLINE_LIMIT = 51_200


class DeployError(Exception):
    """The stack did not come up; the message names the resource and its reason."""


def deploy_package(
    client: Client, name: str, package: Package, parameters: Mapping[str, str], pause: float,
    change: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> None:  # fmt: skip
    """Upload the code, create or update the stack ``name``, and wait; asks every ``pause`` seconds.

    ``change`` alters the template first: a rehearsal proves so that a policy with one action too few is found out.
    """
    bucket = _bucket(client, name)
    key = f"code/{package.digest}.zip"
    client("s3").upload_file(str(package.code), bucket, key)
    body = change(package.body()) if change else package.body()
    template = with_code(body, bucket, key)
    put_stack(client, name, template, parameters, {"digest": mark(package, parameters)}, pause, bucket)


def mark(package: Package, parameters: Mapping[str, str]) -> str:
    """Names a deployment: the same mark on a stack means that there is nothing to do."""
    chosen = hashlib.sha256(json.dumps(dict(parameters), sort_keys=True).encode())
    return f"{package.digest[:32]}:{chosen.hexdigest()[:32]}"


def deployed_mark(client: Client, name: str) -> str | None:
    """The mark of the stack ``name`` when it stands complete, else None."""
    stack = described(client, name)
    if stack is None or stack["StackStatus"] not in DONE:
        return None
    return next((tag["Value"] for tag in stack.get("Tags", []) if tag["Key"] == "digest"), None)


def with_code(template: dict[str, Any], bucket: str, key: str) -> dict[str, Any]:
    """The template with every function's local zip replaced by the uploaded one."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": key}
    return template


def put_stack(
    client: Client,
    name: str,
    template: Mapping[str, Any],
    parameters: Mapping[str, str],
    tags: Mapping[str, str],
    pause: float,
    bucket: str | None = None,
) -> None:
    """Create or update the stack and wait until it stands; raises DeployError when it does not."""
    known = described(client, name)
    arguments = {
        "StackName": name,
        **_body(client, template, bucket),
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "Capabilities": CAPABILITIES,
    }
    kind = "UPDATE" if known else "CREATE"
    change = f"{name}-{int(time.time() * 1000)}"
    formation = client("cloudformation")
    formation.create_change_set(ChangeSetName=change, ChangeSetType=kind, **arguments)
    if _change_set_ready(formation, name, change, pause):
        formation.execute_change_set(StackName=name, ChangeSetName=change)
        _wait(client, name, pause)


def _body(client: Client, template: Mapping[str, Any], bucket: str | None) -> dict[str, str]:
    text = json.dumps(template, separators=(",", ":"))
    if bucket is None or len(text) < INLINE_LIMIT:
        return {"TemplateBody": text}
    s3 = client("s3")
    s3.put_object(Bucket=bucket, Key="template.json", Body=text.encode())
    return {"TemplateURL": f"{s3.meta.endpoint_url}/{bucket}/template.json"}


def _change_set_ready(formation: Any, name: str, change: str, pause: float) -> bool:
    while True:
        answer = formation.describe_change_set(StackName=name, ChangeSetName=change)
        if answer["Status"] == "CREATE_COMPLETE":
            return True
        reason = answer.get("StatusReason", "")
        if answer["Status"] == "FAILED":
            if "didn't contain changes" in reason or "No updates" in reason:
                return False
            raise DeployError(f"CloudFormation refused the template: {reason}")
        time.sleep(pause)


def _wait(client: Client, name: str, pause: float) -> None:
    while True:
        stack = described(client, name) or {"StackStatus": "DELETED"}
        if stack["StackStatus"] in DONE:
            return
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            raise DeployError(f"the stack {name} ended as {stack['StackStatus']}: {_first_failure(client, name)}")
        time.sleep(pause)


def _first_failure(client: Client, name: str) -> str:
    events = client("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
    return f"{failed[-1]['LogicalResourceId']}: {failed[-1].get('ResourceStatusReason', '')}" if failed else "no reason"


def described(client: Client, name: str) -> dict[str, Any] | None:
    """The stack as CloudFormation tells it, or None where there is none."""
    try:
        stacks: list[dict[str, Any]] = client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    except ClientError:
        return None
    return stacks[0] if stacks and stacks[0]["StackStatus"] != "REVIEW_IN_PROGRESS" else None


def _bucket(client: Client, name: str) -> str:
    account = client("sts").get_caller_identity()["Account"]
    s3 = client("s3")
    bucket = f"{name}-{account}-{s3.meta.region_name}"
    try:
        s3.head_bucket(Bucket=bucket)
    except ClientError:
        s3.create_bucket(**bucket_arguments(bucket, s3.meta.region_name))
    return bucket


def bucket_arguments(bucket: str, region: str) -> dict[str, Any]:
    """What makes a bucket in a region: the oldest one is nobody's to name."""
    here = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    return {"Bucket": bucket, **here}
