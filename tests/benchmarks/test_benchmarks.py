"""The benchmark runs, all of it and briefly, and writes its table; how long anything took is nobody's business here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.local.environment import ROOT, child
from tests.benchmarks.figure import Figure, Goal, Table
from tests.benchmarks.measuring import Spread, percentile, ratio, taking_turns
from tests.benchmarks.page import written

FIGURES = {"submit", "render", "start", "costs", "send", "work", "hands", "journey", "depart", "crowd", "phone", "find"}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """What a short run kept, and its page."""
    folder = tmp_path_factory.mktemp("bench")
    command = [sys.executable, "-m", "tools.bench", "--short", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=child({}), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "bench.json").read_text("utf-8")), (folder / "performance.md").read_text("utf-8")


def test_every_figure_is_there_with_its_goals(short: tuple[dict[str, Any], str]) -> None:
    kept, page = short
    assert set(kept["data"]) == FIGURES
    for goals in kept["goals"].values():
        for goal in goals:
            assert goal["said"] in page


def test_what_no_machine_changes_holds(short: tuple[dict[str, Any], str]) -> None:
    goals = {(name, goal["what"]): goal for name, goals in short[0]["goals"].items() for goal in goals}
    assert goals["crowd", "declarations that were lost"]["measured"] == 0
    found = [goal for (name, _), goal in goals.items() if name == "find"]
    assert [(goal["what"], goal["met"]) for goal in found] == [(goal["what"], True) for goal in found]
    costs = short[0]["data"]["costs"]
    assert (costs["declare"]["calls"], costs["declare"]["rows_read"]) == (1, 0)
    assert (costs["send a message"]["calls"], costs["send a message"]["write_units"]) == (3, 4)
    assert goals["work", "database calls a message"]["met"]
    assert goals["journey", "segments ÷ naive"]["met"]
    seen = [goal for (name, _), goal in goals.items() if name == "phone"]
    assert [(goal["what"], goal["said"]) for goal in seen if not goal["met"]] == []


def test_the_page_tells_of_the_machine_and_never_which_one_it_is(short: tuple[dict[str, Any], str]) -> None:
    kept, page = short
    assert {"processor", "cores", "Python", "chalice", "ministack"} <= set(kept["machine"])
    assert kept["machine"]["Python"] in page
    assert str(Path.home()) not in page
    assert str(ROOT) not in page


def test_the_target_is_the_page_that_the_command_writes() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "-m tools.bench" in makefile
    page = (ROOT / "docs/reference/performance.md").read_text("utf-8")
    assert page.startswith(written([], {}, (0, 0)).split("## Goals")[0])


def test_rounds_take_turns_and_warm_ones_do_not_count() -> None:
    done: list[str] = []
    taken = taking_turns({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, rounds=2, warm=1)
    assert done == ["a", "b"] * 3
    assert {name: len(one.wall) for name, one in taken.items()} == {"a": 2, "b": 2}


def test_a_ratio_is_taken_round_by_round() -> None:
    assert ratio([2.0, 4.0, 9.0], [1.0, 1.0, 3.0]) == Spread(3.0, 2.5, 3.5)
    assert Spread.of([1.0]).said() == "1.00 (1.00–1.00)"
    assert percentile([float(number) for number in range(100)], 0.95) == 95


def test_a_goal_that_was_missed_is_said_so() -> None:
    goals = [Goal("first", 2.0, 2.0, "2.00"), Goal("second", 2.1, 2.0, "2.10")]
    page = written([Figure("x", "X", "measured so", goals, [Table(("a",), [("b",)])])], {"cores": "2"}, (0.5, 1.25))
    assert "| X: first | 2.00 | at most 2 | met |" in page
    assert "| X: second | 2.10 | at most 2 | **missed** |" in page
    assert "| a |\n| --- |\n| b |" in page
    assert Goal("share", 0.9, None, "0.90", least=0.9).met
    assert not Goal("share", 0.89, None, "0.89", least=0.9).met
    assert Goal("share", 0.89, None, "0.89", least=0.9).bound == "at least 0.9"
    assert "| load at the start and the end | 0.5 and 1.2 |" in page
