"""`make rehearse`: deploys what would be deployed to a local AWS that enforces IAM, and runs the journey on it."""

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from infra import package
from infra.deploy import DeployError
from infra.local import product, stack
from infra.local.plan import free_port
from infra.local.process import StartError
from infra.local.stack import Change, Stack
from infra.rehearsal.callers import Program, Unexpected
from infra.rehearsal.journey import STEPS, Rehearsal
from infra.rehearsal.policies import LOGS, actions, without


class StepFailed(Exception):
    """A step of the journey could not be done: ``step`` names it."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step = step


Told = Callable[[str, str, float], None]
"""Called after each step with its name, what was seen, and how many seconds it took."""


@contextmanager
def deployed(change: Change | None = None) -> Iterator[Stack]:
    """The package with everything around it, policies enforced; ``change`` alters the template before it goes up."""
    provider = f"http://127.0.0.1:{free_port()}"
    with (
        tempfile.TemporaryDirectory(prefix="waystation-") as folder,
        stack.whole_package(provider=provider, enforce_policies=True, change=change) as whole,
    ):
        simulator = product.start_simulator(whole, Path(folder))
        try:
            yield whole
        finally:
            simulator.stop()


def rehearse(whole: Stack, told: Told, patience: float = 40.0) -> None:
    """The whole journey on a deployed stack; raises StepFailed at the first step that fails."""
    link = product.seed(whole)
    program = Program(whole.addresses.public_base, product.make_key(whole, "coordination"))
    journey = Rehearsal(whole, link, program, f"E{secrets.randbelow(10**8):08}", patience=patience)
    for step in STEPS:
        began = time.monotonic()
        try:
            seen = getattr(journey, step)()
        except Unexpected as failure:
            raise StepFailed(step, str(failure)) from failure
        told(step, seen, time.monotonic() - began)


def needless_actions(told: Callable[[str, str], None]) -> list[str]:
    """Rehearse once without each action of each policy; answers those that the journey did not miss."""
    needless = []
    for function, action in actions(package.build("local").body()):
        if action.startswith(LOGS):
            continue  # the local AWS keeps no logs of functions
        try:
            with deployed(without(function, action)) as whole:
                rehearse(whole, lambda *_: None, patience=10)
            needless.append(f"{function} {action}")
            told(f"{function} without {action}", "nothing missed it")
        except StepFailed as failure:
            told(f"{function} without {action}", f"fails at {failure.step}")
    return needless


def main() -> int:
    """Rehearse, and say step by step what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", default="", help="each: once more without each action of each policy")
    console = Console(highlight=False)
    try:
        if parser.parse_args().actions == "each":
            return 1 if needless_actions(lambda what, seen: console.print(f"  {what}: {seen}")) else 0
        return _once(console)
    except (package.PackageError, DeployError, StartError) as error:
        console.print(f"The rehearsal could not begin. {error}")
        return 1


def _once(console: Console) -> int:
    table = Table("step", "seen", "seconds", title="Rehearsal", title_justify="left")
    console.print("Packaging, and deploying to a local AWS that enforces the policies …")

    def told(step: str, seen: str, seconds: float) -> None:
        console.print(f"  {step}: {seen}")
        table.add_row(step, seen, f"{seconds:.1f}")

    try:
        with deployed() as whole:
            rehearse(whole, told)
    except StepFailed as failure:
        console.print(f"The rehearsal failed at {failure}.")
        return 1
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
