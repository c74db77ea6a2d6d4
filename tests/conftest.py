"""What many tests share: a local AWS, alone or with the whole package in it, or the whole product running."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, settings

from infra.local import product, stack
from infra.local.environment import CREDENTIALS, REAL_ACCOUNT
from infra.local.plan import Plan, free_port
from infra.local.stack import Stack

# A machine that does other things too is slow, and no test is wrong for it.
settings.register_profile("whatever the machine does", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the machine does")


@pytest.fixture(scope="session", autouse=True)
def no_real_account() -> Iterator[None]:
    """No test can reach the AWS account of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in REAL_ACCOUNT:
            patch.delenv(name, raising=False)
        for name, value in {**CREDENTIALS, "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "ap-east-1"}.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def aws() -> Iterator[Stack]:
    """Tables, queue, key and secret in an emulator of its own; ``aws.environment`` is what settings are read from."""
    with stack.resources_only() as resources:
        yield resources


@pytest.fixture
def settings_env(aws: Stack, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """The process's environment leads to ``aws``, for the one test."""
    for name, value in aws.environment.items():
        monkeypatch.setenv(name, value)
    return aws


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real package with API and jobs in an emulator that enforces the policies, and the SMS simulator beside it.

    ``public_base`` is its API Gateway; ``provider`` is the simulator.
    """
    provider = f"http://127.0.0.1:{free_port()}"
    with stack.whole_package(provider=provider, enforce_policies=True) as whole:
        simulator = product.start_simulator(whole, tmp_path_factory.mktemp("simulator"))
        yield whole
        simulator.stop()


@dataclass(frozen=True)
class Live:
    """What `make run` brings up: ``admin_link`` signs the first admin in, once."""

    stack: Stack
    admin_link: str

    @property
    def url(self) -> str:
        """Where the web answers."""
        return self.stack.addresses.public_base


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The whole product as `make run` starts it, on free ports and in a folder of its own."""
    home = tmp_path_factory.mktemp("live")
    plan = Plan(web_port=free_port(), aws_port=free_port(), sms_port=free_port(), home=home)
    with product.running(plan, print) as running:
        yield Live(running, product.seed(running))
