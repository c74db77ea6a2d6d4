"""Writes docs/reference/access.md from the routes' rules; without ``--write`` it compares and says what to do."""

import sys
from collections.abc import Iterable
from pathlib import Path

import chalicelib.web.blueprints
from chalicelib.domain.desks import DESKS, MAY
from chalicelib.web.access_rules import RULES, Rule
from tools.generated import main

TARGET = Path("docs/reference/access.md")
assert chalicelib.web.blueprints.PAGES_AND_API, "importing them is what registers their rules"
WHO = {
    "public": "anybody", "officer": "officers signed in", "key": "programs with a key",
    "provider": "the SMS provider, by signature",
}  # fmt: skip
DOORS = (("The JSON API", "/api/"), ("The console", "/console"), ("Callbacks", "/hooks/"), ("Travellers", "/"))


def desks(rule: Rule) -> str:
    """Which desks a rule lets in."""
    allowed = MAY.get(rule.verb, frozenset(DESKS))
    if rule.kind not in ("officer", "key") or allowed == frozenset(DESKS):
        return "any" if rule.kind in ("officer", "key") else ""
    return ", ".join(desk for desk in DESKS if desk in allowed)


def rows(prefix: str, taken: set[tuple[str, str]]) -> Iterable[str]:
    """One line for each route under a door that no door before it has."""
    for method, path in sorted(set(RULES) - taken, key=lambda route: (route[1], route[0])):
        if path.startswith(prefix):
            rule = RULES[method, path]
            taken.add((method, path))
            yield f"| {method} | `{path}` | {WHO[rule.kind]} | {rule.verb} | {desks(rule)} |"


def page() -> str:
    """The whole page."""
    taken: set[tuple[str, str]] = set()
    doors = []
    for title, prefix in DOORS:
        lines = [
            f"## {title}",
            "",
            "| method | path | who | verb | desks |",
            "|---|---|---|---|---|",
            *rows(prefix, taken),
        ]
        doors.append("\n".join(lines))
    verbs = [f"| {verb} | {', '.join(desk for desk in DESKS if desk in may)} |" for verb, may in sorted(MAY.items())]
    return "\n\n".join(
        [
            "# Who may do what",
            "Written by `python -m tools.check_access --write` from the rules of the routes; `make check` compares.\n"
            "A district's officer sees the own district's people only: anybody else's are not found.",
            *doors,
            "\n".join(["## Desks by verb", "", "| verb | desks |", "|---|---|", *verbs]) + "\n",
        ]
    )


if __name__ == "__main__":
    sys.exit(main(TARGET, page(), "check_access"))
