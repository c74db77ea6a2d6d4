"""The actions that the functions' policies allow, and templates with one action too few."""

from collections.abc import Callable, Iterator
from typing import Any

LOGS = "logs:"


def actions(template: dict[str, Any]) -> list[tuple[str, str]]:
    """Each (function's logical id, action) that any statement of its role allows, once, in order."""
    return list(dict.fromkeys((role, action) for role, statement in _statements(template) for action in statement))


def without(role: str, action: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A change that takes ``action`` out of every statement of the role."""

    def change(template: dict[str, Any]) -> dict[str, Any]:
        for name, allowed in _statements(template):
            if name == role and action in allowed:
                allowed.remove(action)
        _drop_empty(template)
        return template

    return change


def _roles(template: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::IAM::Role":
            for policy in resource["Properties"].get("Policies", []):
                yield name, policy["PolicyDocument"]


def _statements(template: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for name, document in _roles(template):
        yield from ((name, statement["Action"]) for statement in document["Statement"])


def _drop_empty(template: dict[str, Any]) -> None:
    """IAM refuses a statement without actions."""
    for _, document in _roles(template):
        document["Statement"] = [statement for statement in document["Statement"] if statement["Action"]]
