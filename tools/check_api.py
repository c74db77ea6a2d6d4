"""Writes the table of docs/reference/api.md from the OpenAPI document; without ``--write`` it compares."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import chalicelib.web.blueprints
from chalicelib.domain.errors import Conflict, NotInState
from chalicelib.web.api.openapi import document
from chalicelib.web.api.problems import STATUSES
from tools.generated import below_the_mark, main

TARGET = Path("docs/reference/api.md")
assert chalicelib.web.blueprints.PAGES_AND_API, "importing them is what makes the endpoints known"
CODES = {Conflict: "what stands in the way, such as `over_capacity`", NotInState: "`not_in_state`"}
"""Errors whose code is no constant of their kind."""
HEAD = "| method and path | does | query | body | answers |\n|---|---|---|---|---|"
Operation = Mapping[str, Any]


def operations(reference: Mapping[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    """Method, path and operation, a resource's together."""
    for path, methods in sorted(reference["paths"].items()):
        for method, operation in methods.items():
            yield method.upper(), path, operation


def row(method: str, path: str, operation: Operation) -> str:
    """One line of the table."""
    asked = [one for one in operation["parameters"] if one["in"] == "query"]
    query = ", ".join(f"`{one['name']}`" for one in asked)
    cells = [f"{method} `{path}`{marks(operation)}", operation["summary"].rstrip("."), query, body(operation)]
    return "| " + " | ".join([*cells, answers(operation["responses"])]) + " |"


def marks(operation: Operation) -> str:
    """Whether it is open to anybody, and whether it takes or demands If-Match."""
    takes = any(one["name"] == "If-Match" for one in operation["parameters"])
    found = ["no key"] if {} in operation.get("security", ()) else []
    found += ["demands If-Match" if "428" in operation["responses"] else "takes If-Match"] if takes else []
    return f" ({', '.join(found)})" if found else ""


def body(operation: Operation) -> str:
    """The type of the body."""
    content = operation.get("requestBody", {}).get("content", {})
    return ", ".join(f"`{_name(one['schema'])}`" for one in content.values())


def answers(responses: Mapping[str, Operation]) -> str:
    """What each success answers with."""
    return ", ".join(f"{status} `{_name(_schema(one))}`" for status, one in responses.items() if status < "300")


def _schema(answer: Operation) -> Operation:
    schema: Operation = next(iter(answer["content"].values()))["schema"]
    return schema


def _name(schema: Operation) -> str:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return name.removeprefix("Listed_").rstrip("_") + "[]" if name.startswith("Listed_") else name


def table() -> str:
    """The statuses of errors, and every operation, a part for each kind of thing."""
    reference = document("https://waystation.example")
    parts: dict[str, list[str]] = {}
    for method, path, operation in operations(reference):
        parts.setdefault(operation["tags"][0], []).append(row(method, path, operation))
    return "\n".join(["## Errors by status", "", *_errors(), "", "## Operations", "", *_lines(parts.items())])


def _errors() -> Iterator[str]:
    yield from ("| status | code | says |", "|---|---|---|")
    for kind, status, title in STATUSES:
        yield f"| {status} | {CODES.get(kind, f'`{kind.code}`')} | {title} |"


def _lines(parts: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    for tag, rows in parts:
        yield from (f"### {tag.capitalize()}", "", HEAD, *rows, "")


if __name__ == "__main__":
    sys.exit(main(TARGET, below_the_mark(TARGET, table()), "check_api"))
