"""Whether a line for the AWS command line names a service, an operation, options and resources that there are."""

import re
import shlex
from collections.abc import Iterator

import botocore.session
from botocore import xform_name
from botocore.exceptions import UnknownServiceError
from botocore.waiter import WaiterModel

from infra.local.environment import ROOT

EVERYWHERE = {"query", "output", "region", "profile", "no-cli-pager"}
RENAMED = {("sns", "subscribe"): {"notification-endpoint": "endpoint"}}
"""Options that the command line calls otherwise than the API."""
_PREFIX = "waystation-production"
_SESSION = botocore.session.Session()


def faults_of_aws(line: str) -> Iterator[str]:
    """What is wrong with ``aws service operation --option …``; nothing when it could be sent."""
    yield from _names(line)
    words = [word for word in shlex.split(line) if word != "aws"]
    service, operation, *rest = words
    options = [word[2:].partition("=")[0] for word in rest if word.startswith("--")]
    yield from (f"no such file: {word}" for word in rest if _is_missing_file(word))
    try:
        model = _SESSION.get_service_model(service)
    except UnknownServiceError:
        yield f"AWS has no service {service}"
        return
    if operation == "wait":
        operation = _waited_for(service, rest.pop(0))
    known = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in known:
        yield f"{service} has no {operation}"
        return
    yield from _options(model.operation_model(known[operation]).input_shape, _renamed(service, operation, options))


def _waited_for(service: str, what: str) -> str:
    """The operation that is asked again and again; the word itself where there is no such waiter."""
    waiters: WaiterModel = _SESSION.get_waiter_model(service)
    known = {xform_name(name, "-"): waiters.get_waiter(name).operation for name in waiters.waiter_names}
    return xform_name(known[what], "-") if what in known else what


def _renamed(service: str, operation: str, options: list[str]) -> list[str]:
    renamed = RENAMED.get((service, operation), {})
    return [renamed.get(option, option) for option in options]


def _options(shape: botocore.model.Shape | None, options: list[str]) -> Iterator[str]:
    members = {xform_name(name, "-"): member for name, member in shape.members.items()} if shape else {}
    switches = {f"no-{name}" for name, member in members.items() if member.type_name == "boolean"}
    yield from (f"unknown option --{one}" for one in options if one not in {*members, *switches, *EVERYWHERE})
    demanded = {xform_name(name, "-") for name in shape.required_members} if shape else set()
    yield from (f"--{one} is missing" for one in sorted(demanded - set(options)))


def _names(line: str) -> Iterator[str]:
    """Resources by the names that the template gives them."""
    template = "".join(path.read_text("utf-8") for path in ROOT.glob("infra/*.yaml"))
    given = {_PREFIX + name for name in re.findall(r"\$\{Prefix\}(-[\w-]+)?", template)}
    found = re.findall(rf"{_PREFIX}(?:-\w[\w-]*)?", line)
    yield from (f"the template names nothing {name}" for name in found if name not in given)


def _is_missing_file(word: str) -> bool:
    path = word.partition("file://")[2]
    return path.startswith("infra/") and not (ROOT / path).exists()
