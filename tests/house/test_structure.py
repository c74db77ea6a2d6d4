"""What no reviewer should have to look for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "chalicelib").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def offenders(paths: list[Path], pattern: str) -> list[str]:
    found = re.compile(pattern)
    return [str(path.relative_to(ROOT)) for path in paths if found.search(path.read_text("utf-8"))]


def test_no_table_is_ever_scanned() -> None:
    assert [path for path in SOURCES if set(calls(path)) & {"scan", "rate_limited_scan", "parallel_scan"}] == []


def test_functions_may_not_scan_either() -> None:
    for policy in (ROOT / ".chalice").glob("policy-*.json"):
        assert "dynamodb:Scan" not in policy.read_text()
        assert "dynamodb:*" not in policy.read_text()


def test_the_clock_is_read_in_one_place() -> None:
    """Time is an argument: wiring has the clock, everybody else is told."""
    asked = offenders(SOURCES, r"datetime\.now\(|date\.today\(|datetime\.utcnow\(|time\.time\(")
    assert asked == ["chalicelib/wiring.py"]


def test_the_environment_is_read_in_one_place() -> None:
    assert offenders(SOURCES, r"os\.environ|os\.getenv") == ["chalicelib/settings.py"]


def test_the_domain_has_neither_clock_nor_chance() -> None:
    domain = [path for path in SOURCES if "domain" in path.parts]
    assert offenders(domain, r"^(import|from) (random|secrets|time|os|logging)\b") == []
    assert [path for path in domain if set(calls(path)) & {"now", "today", "utcnow"}] == []


@pytest.mark.parametrize(
    "forbidden", [r"mock\.patch", r"monkeypatch\.setattr", r"unittest\.mock", r"pytest\.mark\.skip"]
)
def test_nothing_is_patched_or_skipped(forbidden: str) -> None:
    here = str(Path(__file__).relative_to(ROOT))
    assert [path for path in offenders(TESTS, forbidden) if path != here] == []


def test_state_is_moved_by_the_table_alone() -> None:
    """No action sets a state by hand."""
    actions = [path for path in SOURCES if "actions" in path.parts]
    assert offenders(actions, r"state=(State|DispatchState)\.") == []


def test_every_public_function_of_the_actions_says_what_it_does() -> None:
    silent = [
        f"{path.name}:{node.name}"
        for path in SOURCES
        if "actions" in path.parts or "domain" in path.parts
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
