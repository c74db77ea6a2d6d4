"""The template that is deployed: sound, and what the functions may do is no more than they need."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chalicelib.actions.switchboard import WORKERS
from infra import package, template
from infra.local.environment import ROOT
from infra.local.web import NOT_FOUND
from tests.actions.traffic import BATCH

POLICIES = sorted((ROOT / ".chalice").glob("policy-*.json"))


def packaged() -> dict[str, Any]:
    resources: dict[str, Any] = package.build("local").body()["Resources"]
    return resources


def of_type(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: item["Properties"] for name, item in resources.items() if item["Type"] == kind}


@pytest.mark.parametrize("file", ["infra/resources.yaml", "build/local/template.json"])
def test_cfn_lint_finds_nothing(file: str) -> None:
    package.build("local")
    command = [sys.executable, "-c", "from cfnlint.runner import main; main()", file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_package_deploys_the_very_tables_that_tests_use() -> None:
    resources = packaged()
    for name, item in template.resources()["Resources"].items():
        assert resources[name] == item


def test_a_case_has_at_most_three_indexes_and_they_hold_keys_only() -> None:
    tables = of_type(packaged(), "AWS::DynamoDB::Table")
    assert len(tables["CasesTable"]["GlobalSecondaryIndexes"]) <= 3
    indexes = [index for table in tables.values() for index in table.get("GlobalSecondaryIndexes", [])]
    assert {index["Projection"]["ProjectionType"] for index in indexes} == {"KEYS_ONLY"}


def test_deleting_a_data_key_shreds_and_deleting_the_table_of_keys_by_accident_does_not() -> None:
    keys = of_type(packaged(), "AWS::DynamoDB::Table")["KeysTable"]
    assert keys["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": False}
    assert keys["DeletionProtectionEnabled"] is True


def test_a_nudge_is_hidden_for_six_times_the_senders_time_limit_and_dies_in_a_dead_letter_queue() -> None:
    resources = packaged()
    queue = of_type(resources, "AWS::SQS::Queue")["MessagesQueue"]
    sender = resources["SendMessages"]["Properties"]
    assert queue["VisibilityTimeout"] >= 6 * sender["Timeout"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5
    (source,) = sender["Events"].values()
    assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert queue["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": ["DeadMessagesQueue", "Arn"]}


def test_the_first_dead_letter_alarms() -> None:
    alarms = of_type(packaged(), "AWS::CloudWatch::Alarm").values()
    dead = {"Name": "QueueName", "Value": {"Fn::GetAtt": ["DeadMessagesQueue", "QueueName"]}}
    (alarm,) = [alarm for alarm in alarms if dead in alarm.get("Dimensions", ())]
    assert (alarm["MetricName"], alarm["Statistic"]) == ("ApproximateNumberOfMessagesVisible", "Maximum")
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "GreaterThanOrEqualToThreshold")
    assert alarm["AlarmActions"] == [{"Ref": "Alarms"}]


def test_workers_are_spaced_for_as_many_as_are_started() -> None:
    (source,) = packaged()["SendMessages"]["Properties"]["Events"].values()
    assert source["Properties"]["ScalingConfig"]["MaximumConcurrency"] == WORKERS
    assert source["Properties"]["BatchSize"] == BATCH


def test_every_function_has_a_name_logs_with_an_end_and_an_alarm() -> None:
    resources = packaged()
    for name in of_type(resources, "AWS::Serverless::Function"):
        assert resources[name]["Properties"]["LoggingConfig"] == {"LogGroup": {"Ref": f"{name}Logs"}}
        assert resources[f"{name}Logs"]["Properties"]["RetentionInDays"] == {"Ref": "LogDays"}
        assert resources[f"{name}Alarm"]["Properties"]["AlarmActions"] == [{"Ref": "Alarms"}]


def test_a_stage_for_real_travellers_is_protected_and_reaches_no_simulator() -> None:
    body = package.build("production").body()
    defaults = {name: item["Default"] for name, item in body["Parameters"].items()}
    assert (defaults["Prefix"], defaults["Protect"], defaults["ProviderBase"]) == ("waystation-production", "true", "")
    for function in of_type(body["Resources"], "AWS::Serverless::Function").values():
        assert function["Environment"]["Variables"]["STAGE"] == "production"


def test_a_path_that_no_route_has_is_a_404() -> None:
    responses = packaged()["RestAPI"]["Properties"]["GatewayResponses"]
    body = responses["MISSING_AUTHENTICATION_TOKEN"]["ResponseTemplates"]["application/json"]
    assert responses["MISSING_AUTHENTICATION_TOKEN"]["StatusCode"] == json.loads(body)["status"] == 404
    assert json.loads(body) == json.loads(NOT_FOUND)


def test_a_browser_at_such_a_path_is_shown_a_page_that_no_address_changes() -> None:
    responses = packaged()["RestAPI"]["Properties"]["GatewayResponses"]
    page = responses["MISSING_AUTHENTICATION_TOKEN"]["ResponseTemplates"]["text/html"]
    assert isinstance(page, str), "the public base in it would have the API replaced"
    # What API Gateway would read as its own.
    assert not set("$#") & set(page)


def test_the_secret_of_the_provider_has_no_default() -> None:
    (secret,) = of_type(packaged(), "AWS::SecretsManager::Secret").values()
    assert not {"SecretString", "GenerateSecretString"} & set(secret)


def test_every_function_has_a_policy_of_its_own() -> None:
    roles = of_type(packaged(), "AWS::IAM::Role")
    written = [json.loads(policy.read_text()) for policy in POLICIES]
    assert len(roles) == len(POLICIES)
    for role in roles.values():
        assert role["Policies"][0]["PolicyDocument"] in written


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_a_policy_names_its_actions_and_its_resources(policy: Path) -> None:
    known = set(packaged())
    for statement in json.loads(policy.read_text())["Statement"]:
        assert not [action for action in statement["Action"] if "*" in action]
        if "NotResource" in statement:
            # A phone is no resource: whoever may text one can only be kept from everything that is.
            assert (statement["Action"], policy.stem) == (["sns:Publish"], "policy-send_messages")
            assert statement["NotResource"] == {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}
            continue
        targets = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        for target in targets:
            assert isinstance(target, dict), "a resource of this stack, never a pattern over the account"
            if "Fn::GetAtt" in target:
                assert target["Fn::GetAtt"][0] in known
