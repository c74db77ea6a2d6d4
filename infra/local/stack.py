"""A local AWS with Waystation in it: all of it, or only what keeps data. It stops by itself when its block ends."""

import json
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from infra import deploy, package, template
from infra.local import environment
from infra.local.emulator import Emulator
from infra.local.environment import CREDENTIALS, REGION, Addresses
from infra.local.plan import free_port

PAUSE_SECONDS = 0.05
Change = Callable[[dict[str, Any]], dict[str, Any]]
"""Alters a template before it goes up."""
# A job may take minutes, and asking again would run it twice.
PATIENT = Config(connect_timeout=2, read_timeout=310, retries={"max_attempts": 0})


class JobFailed(Exception):
    """The function raised; the message is what it said."""


@dataclass(frozen=True)
class Stack:
    """A deployed stack of ``stage``; ``addresses.aws`` is the emulator."""

    stage: str
    addresses: Addresses
    prefix: str

    @property
    def environment(self) -> dict[str, str]:
        """What the application needs in its environment to work on this stack."""
        return environment.application(self.stage, self.addresses) | {
            "TABLE_PREFIX": self.prefix,
            "QUEUE_NAME": f"{self.prefix}-messages",
            "KMS_KEY": f"alias/{self.prefix}",
            "PROVIDER_SECRET": f"{self.prefix}-provider",
        }

    def client(self, service: str) -> Any:
        """A boto3 client of ``service`` at this emulator."""
        return _client(service, self.addresses.aws)

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:
        """Run the function to its end and answer what it returned; raises JobFailed."""
        answer = self.client("lambda").invoke(
            FunctionName=f"{self.prefix}-{function}", Payload=json.dumps(event).encode()
        )
        result = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise JobFailed(f"{result.get('errorType', 'error')}: {result.get('errorMessage', '')}")
        return result

    def run_job(self, name: str, now: str | None = None) -> Any:
        """Run a scheduled job by its schedule's event, as if it were ``now`` (RFC 3339)."""
        return self.invoke(name, scheduled_event(now))

    def provider_secret(self) -> dict[str, str]:
        """The provider's account, made up once for each emulator, since nobody may ship a default."""
        secrets_manager, name = self.client("secretsmanager"), f"{self.prefix}-provider"
        known: dict[str, str] = json.loads(secrets_manager.get_secret_value(SecretId=name)["SecretString"] or "{}")
        account = {
            "account_sid": f"AC{secrets.token_hex(16)}",
            "auth_token": secrets.token_hex(16),
            "sender": "+15005550006",
            "rate": "100",
            **known,
        }
        if account != known:
            secrets_manager.put_secret_value(SecretId=name, SecretString=json.dumps(account))
        return account


def scheduled_event(now: str | None) -> dict[str, Any]:
    """What EventBridge sends on a schedule, with ``now`` both in the detail and on top where it is given."""
    chosen = {"now": now} if now else {}
    return {
        "version": "0",
        "id": "00000000-0000-0000-0000-000000000000",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": now or "1970-01-01T00:00:00Z",
        "region": REGION,
        "resources": [],
        "detail": chosen,
        **chosen,
    }


def bring_up(stack: Stack, change: Change | None = None) -> bool:
    """Deploy the whole package unless exactly this one stands already; answers whether anything was deployed."""
    built = package.build(stack.stage)
    parameters = {
        "Protect": "false",
        "PublicBase": stack.addresses.public_base,
        "ProviderBase": stack.addresses.provider,
    }
    if deploy.deployed_mark(stack.client, stack.prefix) == deploy.mark(built, parameters):
        return False
    deploy.deploy_package(stack.client, stack.prefix, built, parameters, PAUSE_SECONDS, change)
    return True


def bring_up_resources(stack: Stack) -> None:
    """Deploy only what keeps data, under the stack's prefix."""
    parameters = {"Prefix": stack.prefix, "Protect": "false"}
    deploy.put_stack(stack.client, stack.prefix, template.resources(), parameters, {}, PAUSE_SECONDS)


@contextmanager
def resources_only(prefix: str = "waystation-test") -> Iterator[Stack]:
    """Tables, queue, key and secret in an emulator of their own, on a free port and in a folder that goes with it."""
    with _emulator() as endpoint:
        stack = Stack("local", Addresses(endpoint, "http://127.0.0.1:8000", "http://127.0.0.1:9"), prefix)
        bring_up_resources(stack)
        stack.provider_secret()
        yield stack


@contextmanager
def whole_package(
    *, provider: str = "http://127.0.0.1:9", enforce_policies: bool = False, change: Change | None = None
) -> Iterator[Stack]:
    """The real package with API, jobs and schedules in an emulator of its own; the API is its ``public_base``."""
    with _emulator(enforce_policies=enforce_policies) as endpoint:
        first = Stack("local", Addresses(endpoint, "http://127.0.0.1:8000", provider), prefix_of("local"))
        bring_up(first, change)
        # Functions must know the API's address, which exists only when the stack does: so it goes up in two steps.
        stack = Stack("local", Addresses(endpoint, api_address(first), provider), first.prefix)
        bring_up(stack, change)
        stack.provider_secret()
        yield stack


def api_address(stack: Stack) -> str:
    """Where the emulator answers for the stack's API Gateway."""
    apis = stack.client("apigateway").get_rest_apis()["items"]
    return f"{stack.addresses.aws}/restapis/{apis[0]['id']}/api/_user_request_"


def prefix_of(stage: str) -> str:
    """How every name of the stage's resources starts."""
    return environment.stage_settings(stage)["TABLE_PREFIX"]


@contextmanager
def _emulator(*, enforce_policies: bool = False) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="waystation-") as folder:
        emulator = Emulator(free_port(), Path(folder), enforce_policies=enforce_policies)
        try:
            emulator.wait()
            yield emulator.endpoint
        finally:
            emulator.stop()


@cache
def _client(service: str, endpoint: str) -> Any:
    session = boto3.Session(CREDENTIALS["AWS_ACCESS_KEY_ID"], CREDENTIALS["AWS_SECRET_ACCESS_KEY"], region_name=REGION)
    return session.client(service, endpoint_url=endpoint, config=PATIENT)
