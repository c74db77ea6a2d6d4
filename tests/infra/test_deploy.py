"""`make deploy`: what it refuses, what it puts up in an account, and that it may be repeated."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.deploy import bucket_arguments
from infra.local import environment
from infra.local.emulator import Emulator
from infra.local.environment import CREDENTIALS, REGION, Addresses, child
from infra.local.plan import free_port
from infra.local.stack import Stack

SERVICES = ("CLOUDFORMATION", "DYNAMODB", "KMS", "S3", "SECRETS_MANAGER", "SQS", "STS")


@pytest.fixture(scope="module")
def account() -> Iterator[Stack]:
    """An empty account that enforces policies."""
    with tempfile.TemporaryDirectory(prefix="waystation-") as folder:
        emulator = Emulator(free_port(), Path(folder), enforce_policies=True)
        try:
            emulator.wait()
            yield Stack("production", Addresses(emulator.endpoint, ""), "waystation-production")
        finally:
            emulator.stop()


@pytest.fixture(scope="module")
def deployer(account: Stack) -> dict[str, str]:
    """Whoever deploys, with the policy of docs/how-to/deploy.md and nothing else."""
    iam, policy = account.client("iam"), (environment.ROOT / "infra" / "deployer-policy.json").read_text("utf-8")
    iam.create_user(UserName="deployer")
    iam.put_user_policy(UserName="deployer", PolicyName="deploy", PolicyDocument=policy)
    key = iam.create_access_key(UserName="deployer")["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}


def deploy(endpoint: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    # Service by service: a stage with real travellers refuses one address for all of AWS.
    known = {f"AWS_ENDPOINT_URL_{service}": endpoint for service in SERVICES} | CREDENTIALS | {"AWS_REGION": REGION}
    command = [sys.executable, "-m", "infra.deploy_stage", *arguments]
    return subprocess.run(command, env=child(known | env), capture_output=True, text=True, check=False, timeout=200)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--stage", "local"], "make run"),
        (["--stage", "nowhere"], "no stage nowhere"),
        (["--stage", "production", "--base", "http://x.example"], "https://"),
        (["--stage", "production", "--base", "https://x.example/"], "slash"),
    ],
)
def test_what_it_refuses(arguments: list[str], said: str) -> None:
    done = deploy("http://127.0.0.1:9", *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_from_an_empty_account_and_once_more(account: Stack, deployer: dict[str, str]) -> None:
    first = deploy(account.addresses.aws, "--stage", "production", "--pause", "0.05", **deployer)
    assert first.returncode == 0, first.stderr
    assert "step 5" in first.stderr
    assert first.stdout.startswith("https://")
    assert "/console/setup/" in first.stdout
    before = changes(account)
    again = deploy(account.addresses.aws, "--stage", "production", "--pause", "0.05", **deployer)
    assert again.returncode == 0, again.stderr
    assert changes(account) == before


def test_what_stands_is_protected_and_knows_its_address(account: Stack) -> None:
    table = account.client("dynamodb").describe_table(TableName="waystation-production-cases")["Table"]
    assert table["DeletionProtectionEnabled"] is True
    found = account.client("lambda").get_function_configuration(FunctionName="waystation-production-api_handler")
    assert found["Environment"]["Variables"]["PUBLIC_BASE"].startswith("https://")
    assert found["Environment"]["Variables"]["PROVIDER_BASE"] == ""


def test_another_address_is_an_update(account: Stack, deployer: dict[str, str]) -> None:
    base = "https://waystation.example"
    done = deploy(account.addresses.aws, "--stage", "production", "--base", base, "--pause", "0.05", **deployer)
    assert done.returncode == 0, done.stderr
    assert f"answers at {base}" in done.stderr


def test_a_bucket_names_its_region_unless_it_is_the_oldest() -> None:
    assert bucket_arguments("b", "us-east-1") == {"Bucket": "b"}
    assert bucket_arguments("b", "ap-east-1")["CreateBucketConfiguration"] == {"LocationConstraint": "ap-east-1"}


def changes(account: Stack) -> int:
    answer = account.client("cloudformation").list_change_sets(StackName="waystation-production")
    return len(answer["Summaries"])
