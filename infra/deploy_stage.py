"""`make deploy STAGE=production`: the package to the AWS account of this shell, then its reference data.

Repeating it is safe: what stands already stays. Rolling back is the same command on an earlier commit.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra import deploy, package
from infra.deploy import Client, DeployError
from infra.local.environment import ROOT, stage_settings
from infra.package import LOCAL_STAGES, PackageError

PAUSE_SECONDS = 3.0
TIMES = Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 5, "mode": "standard"})
Say = Callable[[str], None]


def deploy_stage(client: Client, stage: str, base: str, say: Say, pause: float = PAUSE_SECONDS) -> str:
    """Put the stage up and answer its public address; raises DeployError, PackageError and botocore's errors.

    ``base`` is the address that phones use, for who has a domain; empty for the one in use, at first API Gateway's own.
    """
    name = stage_settings(stage)["TABLE_PREFIX"]
    say("Packaging …")
    built = package.build(stage)
    base = base or _parameter(client, name, "PublicBase")
    say(f"Deploying {name} …")
    _put(client, name, built, base, pause)
    if not base:
        # The functions must know the API's address, which exists only when the stack does.
        base = _output(client, name, "EndpointURL").rstrip("/")
        say("Telling the functions their address …")
        _put(client, name, built, base, pause)
    return base


def _put(client: Client, name: str, built: package.Package, base: str, pause: float) -> None:
    parameters = {"Protect": "true", "PublicBase": base, "ProviderBase": ""}
    if deploy.deployed_mark(client, name) != deploy.mark(built, parameters):
        deploy.deploy_package(client, name, built, parameters, pause)


def _parameter(client: Client, name: str, key: str) -> str:
    found = deploy.described(client, name) or {}
    return next((one["ParameterValue"] for one in found.get("Parameters", ()) if one["ParameterKey"] == key), "")


def _output(client: Client, name: str, key: str) -> str:
    found = deploy.described(client, name) or {}
    return str(next(one["OutputValue"] for one in found["Outputs"] if one["OutputKey"] == key))


def has_provider(client: Client, stage: str) -> bool:
    """Whether the SMS provider's account was put into the stage's secret."""
    name = f"{stage_settings(stage)['TABLE_PREFIX']}-provider"
    try:
        return bool(client("secretsmanager").get_secret_value(SecretId=name).get("SecretString"))
    except client("secretsmanager").exceptions.ResourceNotFoundException:
        return False


def seed(stage: str, base: str, region: str) -> str:
    """Put the reference data in, and answer the first admin's sign-in link, or nothing; raises DeployError."""
    settings = stage_settings(stage)
    prefix = settings["TABLE_PREFIX"]
    names = {"KMS_KEY": f"alias/{prefix}", "PROVIDER_SECRET": f"{prefix}-provider", "PUBLIC_BASE": base}
    env: Mapping[str, str] = {**os.environ, **settings, **names, "AWS_REGION": region, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "infra.reference.seed"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason"])[-1]
        raise DeployError(f"The stack stands, but its reference data could not be put in: {reason}")
    return done.stdout.strip()


def main() -> int:
    """Deploy the stage that is asked for, and say what to do next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("--base", default="", help="https address that phones use, without a closing slash")
    parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, help="seconds between looks at the stack")
    asked = parser.parse_args()
    try:
        _check(asked.stage, asked.base)
        _run(asked.stage, asked.base, asked.pause)
    except (DeployError, PackageError, BotoCoreError, ClientError) as error:
        _say(f"Not deployed. {error}")
        return 1
    return 0


def _check(stage: str, base: str) -> None:
    try:
        stage_settings(stage)
    except KeyError:
        raise DeployError(f"There is no stage {stage} in .chalice/config.json.") from None
    if stage in LOCAL_STAGES:
        raise DeployError(f"The stage {stage} stays on this machine: `make run`. Try STAGE=production.")
    if base and (not base.startswith("https://") or base.endswith("/")):
        raise DeployError("BASE begins with https:// and has no slash at its end.")


def _run(stage: str, base: str, pause: float) -> None:
    session = boto3.Session(region_name=os.environ.get("AWS_REGION"))
    if not session.region_name:
        raise DeployError("No region is chosen: set AWS_REGION, or a region in the AWS profile.")
    client = _clients(session)
    _say(f"Account {client('sts').get_caller_identity()['Account']}, region {session.region_name}.")
    base = deploy_stage(client, stage, base, _say, pause)
    link = seed(stage, base, session.region_name)
    _say(f"It answers at {base}")
    if not has_provider(client, stage):
        _say("No text message goes out before the provider's account is set: docs/how-to/deploy.md, step 5.")
    if link:
        _say("The first admin signs in here, once:")
        print(link)


def _clients(session: boto3.Session) -> Client:
    @cache
    def client(service: str) -> Any:
        return session.client(service, config=TIMES)

    return client


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
