"""The machine that was measured on: enough to compare by, nothing that names it."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("chalice", "boto3", "botocore", "pynamodb", "twilio", "ministack", "cryptography", "phonenumbers")


def described() -> dict[str, str]:
    """What it is, by kind."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def load() -> float:
    """How many processes wanted a core in the last minute, on average."""
    return os.getloadavg()[0]


def _processor() -> str:
    return _line("/proc/cpuinfo", "model name") or platform.processor() or "unknown"


def _memory() -> str:
    kilobytes = _line("/proc/meminfo", "MemTotal").partition(" ")[0]
    return f"{int(kilobytes) / 2**20:.0f} GiB" if kilobytes.isdecimal() else "unknown"


def _line(file: str, name: str) -> str:
    """The value of the first line of ``name`` in a file of /proc; empty where there is none."""
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
