"""Whether a line that calls make names a target of the Makefile, and variables that it reads."""

import re
import shlex
from functools import cache

from infra.local.environment import ROOT


@cache
def _makefile() -> tuple[set[str], set[str]]:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))
    exported = re.findall(r"^export ([A-Z_ ]+)$", text, re.MULTILINE)
    return targets, {*re.findall(r"\$\(([A-Z_]+)\)", text), *(name for line in exported for name in line.split())}


def fault_of_make(line: str) -> str:
    """What is wrong with ``make target NAME=value``; empty when nothing is."""
    targets, variables = _makefile()
    _, *words = shlex.split(line.replace("…", "x"), comments=True)
    unknown = [word for word in words if "=" not in word and word not in targets]
    unknown += [word for word in words if "=" in word and word.partition("=")[0] not in variables]
    return f"unknown to the Makefile: {' '.join(unknown)}" if unknown else ""
