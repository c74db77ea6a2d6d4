"""Writes docs/reference/performance.md and .local/bench.json: what the product costs beside bare baselines.

Takes some minutes; everything it starts stops with it. Exits 1 when nothing could be measured, never for a missed goal:
the page says which were missed, and what the limit is made of.
"""

import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chalicelib.settings import Settings
from chalicelib.wiring import Wiring, override
from infra.local import product, stack
from infra.local.environment import CREDENTIALS, REGION
from infra.local.plan import Plan, free_port
from infra.local.process import StartError
from infra.local.stack import Stack
from infra.reference.load import load
from tests.benchmarks import (
    costs,
    crowding,
    departing,
    finding,
    journey_texts,
    machine,
    many_hands,
    page,
    phoning,
    rendering,
    sending,
    starting,
    submitting,
    working,
)
from tests.benchmarks.figure import SHORT, Effort, Figure

TARGET, KEPT = Path("docs/reference/performance.md"), Path(".local/bench.json")


def measured(effort: Effort) -> Iterator[Figure]:
    """Every figure; servers and tables are up only while they are needed."""
    with _tables() as (aws, here):
        yield _said(submitting.measure(here, effort))
        yield _said(rendering.measure(effort))
        yield _said(starting.measure(aws, effort))
        yield _said(costs.measure(here, effort))
        yield _said(sending.measure(aws, here, effort))
        yield _said(working.measure(aws, here, effort))
        yield _said(many_hands.measure(aws, here, effort))
    yield _said(journey_texts.measure(effort))
    with _running() as whole:
        slow = departing.departed(whole, effort, departing.NAME)
    with _running() as whole:
        fast = departing.departed(whole, effort, departing.SHORT_CODE)
        yield _said(departing.figure(effort, [slow, fast]))
        yield _said(crowding.measure(whole, effort))
        yield _said(phoning.measure(whole, effort))
    with _tables() as (_, here):  # of their own: fifty thousand travellers would slow down everybody else
        yield _said(finding.measure(here, effort))


@contextmanager
def _tables() -> Iterator[tuple[Stack, Wiring]]:
    with stack.resources_only("waystation-bench") as aws:
        os.environ.update(aws.environment)
        here = Wiring(Settings.from_env())
        load(here.store, examples=True)
        with override(here):
            yield aws, here


@contextmanager
def _running() -> Iterator[Stack]:
    with tempfile.TemporaryDirectory(prefix="waystation-") as folder:
        plan = Plan(web_port=free_port(), aws_port=free_port(), sms_port=free_port(), home=Path(folder))
        with product.running(plan, lambda _: None) as whole:
            product.seed(whole)
            yield whole


def _said(figure: Figure) -> Figure:
    for goal in figure.goals:
        print(f"{figure.name}: {goal.what}: {goal.said}, {goal.bound}: {'met' if goal.met else 'MISSED'}", flush=True)
    return figure


def write(effort: Effort, target: Path = TARGET, kept: Path = KEPT) -> list[Figure]:
    """Measure, and write both files."""
    os.environ.update(CREDENTIALS, AWS_EC2_METADATA_DISABLED="true", AWS_REGION=REGION)
    about, before, began = machine.described(), machine.load(), time.monotonic()
    figures = list(measured(effort))
    loads = before, machine.load()
    goals = {figure.name: [{**vars(goal), "met": goal.met} for goal in figure.goals] for figure in figures}
    data = {figure.name: figure.data for figure in figures}
    kept.parent.mkdir(exist_ok=True)
    seconds = round(time.monotonic() - began)
    said = {"machine": about, "load": loads, "seconds": seconds, "goals": goals, "data": data}
    kept.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
    target.write_text(page.written(figures, about, loads), "utf-8")
    return figures


def main() -> int:
    """The page for everybody, or with ``--short FOLDER`` both files of a short run there."""
    logging.disable(logging.WARNING)
    try:
        if sys.argv[1:2] == ["--short"]:
            folder = Path(sys.argv[2])
            write(SHORT, folder / "performance.md", folder / "bench.json")
        else:
            write(Effort())
            print(f"{TARGET} and {KEPT} are written.")
    except StartError as error:
        print(f"Nothing was written. {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
