"""The stacks that tests and `make run` work on."""

import json

import pytest

from infra.local import stack
from infra.local.stack import JobFailed, Stack


def test_resources_have_the_names_that_settings_say(aws: Stack) -> None:
    tables = aws.client("dynamodb").list_tables()["TableNames"]
    expected = ("access", "cases", "desk", "dispatches", "finding", "keys", "owed")
    assert [name for name in tables if name.startswith(f"{aws.prefix}-")] == [
        f"{aws.prefix}-{name}" for name in expected
    ]
    assert aws.client("sqs").get_queue_url(QueueName=aws.environment["QUEUE_NAME"])
    assert aws.client("kms").describe_key(KeyId=aws.environment["KMS_KEY"])["KeyMetadata"]["Enabled"]


def test_the_providers_account_is_made_up_once(aws: Stack) -> None:
    assert aws.provider_secret() == aws.provider_secret()
    assert set(aws.provider_secret()) == {"account_sid", "auth_token", "sender", "rate"}


def test_the_same_package_is_deployed_once(deployed: Stack) -> None:
    assert stack.bring_up(deployed) is False


@pytest.mark.parametrize("job", ["sweep", "release_due"])
def test_a_job_runs_with_its_own_policy_at_a_chosen_time(deployed: Stack, job: str) -> None:
    assert deployed.run_job(job, "2026-12-07T08:10:00+08:00")["job"] == job


def test_a_policy_with_one_action_too_few_fails() -> None:
    with stack.whole_package(enforce_policies=True) as strict:
        iam = strict.client("iam")
        (role,) = [item["RoleName"] for item in iam.list_roles()["Roles"] if "ReleaseDueRole" in item["RoleName"]]
        (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
        document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        weaker = [item for item in document["Statement"] if item["Sid"] != "ListByIndex"]
        assert strict.run_job("release_due", "2026-12-07T08:10:00+08:00")["job"] == "release_due"
        iam.put_role_policy(
            RoleName=role, PolicyName=name, PolicyDocument=json.dumps({**document, "Statement": weaker})
        )
        with pytest.raises(JobFailed):
            strict.run_job("release_due", "2026-12-07T08:10:00+08:00")
