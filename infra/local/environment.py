"""The environment of everything that runs locally, derived in one place from the stage's settings and addresses."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
REGION = "ap-east-1"
# The emulator accepts any; real ones of the person who runs it must never be reached by accident.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
REAL_ACCOUNT = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_ROLE_ARN")
# The emulator hands its environment on to functions: one stack's settings must not reach another's.
ANOTHER_STACK = (
    "AWS_ENDPOINT_URL", "STAGE", "TABLE_PREFIX", "QUEUE_NAME", "KMS_KEY", "PUBLIC_BASE", "PROVIDER_SECRET",
    "PROVIDER_BASE", "LOG_LEVEL",
)  # fmt: skip


@dataclass(frozen=True)
class Addresses:
    """Where the parts listen; ``public_base`` is what phones are told, the others are this machine's."""

    aws: str
    public_base: str
    provider: str = ""


def stage_settings(stage: str) -> dict[str, str]:
    """The variables that .chalice/config.json gives the functions of ``stage``; raises KeyError for an unknown one."""
    config: dict[str, Any] = json.loads((ROOT / ".chalice" / "config.json").read_text())
    variables: dict[str, str] = config["stages"][stage]["environment_variables"]
    return dict(variables)


def application(stage: str, addresses: Addresses) -> dict[str, str]:
    """What a process with the application's code in it needs, and nothing of the calling shell."""
    return {
        **stage_settings(stage),
        "KMS_KEY": f"alias/{stage_settings(stage)['TABLE_PREFIX']}",
        "PROVIDER_SECRET": f"{stage_settings(stage)['TABLE_PREFIX']}-provider",
        **CREDENTIALS,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": addresses.aws,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PUBLIC_BASE": addresses.public_base,
        "PROVIDER_BASE": addresses.provider,
    }


def child(extra: Mapping[str, str]) -> dict[str, str]:
    """This shell's environment without an AWS account or another stack; with ``extra``, and the sources importable."""
    kept = {name: value for name, value in os.environ.items() if name not in (*REAL_ACCOUNT, *ANOTHER_STACK)}
    return {**kept, **extra, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def emulator(port: int, home: Path, *, enforce_policies: bool = False) -> dict[str, str]:
    """What the emulator is started with. Functions inherit it, so it names nothing that the template has to set."""
    return child(
        {
            **CREDENTIALS,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "MINISTACK_REGION": REGION,
            "MINISTACK_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(home / "state"),
            "S3_DATA_DIR": str(home / "s3"),
            "TMPDIR": str(home / "tmp"),
            "LAMBDA_EXECUTOR": "local",
            "AUTH": "true" if enforce_policies else "false",
            # Listeners that nobody here needs: a second emulator would trip over their fixed ports.
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "INFO",
        }
    )
