"""docs/reference/performance.md, whole, from what was measured."""

from collections.abc import Iterable

from tests.benchmarks.figure import Figure, Goal, Row, Table


def written(figures: list[Figure], machine: dict[str, str], load: tuple[float, float]) -> str:
    """The page; ``load`` is the machine's when the run began and ended."""
    goals = [(figure, goal) for figure in figures for goal in figure.goals]
    parts = [
        "# Performance",
        "Written by `make bench`. Nobody's milliseconds are anybody else's, so each figure stands beside a bare"
        " baseline that was measured in turns with it, in the same run: compare the ratios. Medians, with quartiles in"
        " brackets. No test asserts a time; tests hold calls, rows, bytes and write units.",
        "## Goals",
        str(Table(("", "measured", "goal", ""), [_goal(figure, goal) for figure, goal in goals])),
        *map(str, figures),
        "## The machine",
        str(Table(("", ""), list(_machine(machine, load)))),
        "Databases, queues, keys and functions are those of a local AWS in one process on the same cores; it answers in"
        " one to five milliseconds, and does not compress. Real ones are slower for each call, and do not share our"
        " processor: there the share of our own code in a wait is smaller than here.",
    ]
    return "\n\n".join(parts) + "\n"


def _goal(figure: Figure, goal: Goal) -> Row:
    return f"{figure.title}: {goal.what}", goal.said, goal.bound, "met" if goal.met else "**missed**"


def _machine(machine: dict[str, str], load: tuple[float, float]) -> Iterable[Row]:
    yield from machine.items()
    yield "load at the start and the end", " and ".join(f"{each:.1f}" for each in load)
