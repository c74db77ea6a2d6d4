"""The whole product on one machine: local AWS with its jobs, the SMS simulator and the web."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local import environment, stack
from infra.local.emulator import Emulator
from infra.local.plan import Plan
from infra.local.process import Child, StartError, answers
from infra.local.stack import Stack

Say = Callable[[str], None]
START_SECONDS = 30.0


@contextmanager
def running(plan: Plan, say: Say) -> Iterator[Stack]:
    """Everything of ``plan``, up while the block runs; raises StartError, DeployError or PackageError."""
    with plan.claim():
        emulator = Emulator(plan.aws_port, plan.home / "aws")
        children: list[Child | Emulator] = [emulator]
        try:
            say("Starting local AWS with its tables and jobs, the phones and the web …")
            emulator.wait()
            product = Stack(plan.stage, plan.addresses, stack.prefix_of(plan.stage))
            stack.bring_up(product)
            children.append(start_simulator(product, plan.home))
            children.append(_start_web(plan, product))
            plan.note()
            yield product
        finally:
            plan.forget()
            for child in reversed(children):
                child.stop()


def seed(product: Stack) -> str:
    """Put the reference data in, and answer the first admin's sign-in link, or nothing when there is an admin."""
    return _ran(product, "infra.reference.seed", "The reference data could not be put in")


def make_key(product: Stack, desk: str, district: str | None = None) -> str:
    """An API key of a running stack; raises StartError."""
    return _ran(product, "infra.local.mint", "The key could not be made", desk, *([district] if district else []))


def _ran(product: Stack, module: str, otherwise: str, *arguments: str) -> str:
    """What the module printed; a process of its own, because settings are read from the environment once."""
    command, env = [sys.executable, "-m", module, *arguments], environment.child(product.environment)
    done = subprocess.run(command, cwd=environment.ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason"])[-1]
        raise StartError(f"{otherwise}: {reason}")
    return done.stdout.strip()


def start_simulator(product: Stack, home: Path) -> Child:
    """The SMS simulator at the address that the stack has for its provider, which is on this machine."""
    port = product.addresses.provider.rpartition(":")[2]
    account = product.provider_secret()
    arguments = ["--port", port, "--public-base", product.addresses.public_base]
    arguments += ["--account-sid", account["account_sid"], "--state", str(home / "simulator.sqlite3")]
    # In the environment, because every program of the machine can read arguments.
    env = environment.child({"SIMULATOR_AUTH_TOKEN": account["auth_token"]})
    child = Child("infra.local.simulator", arguments, env, home / "sms.log")
    child.wait_until(lambda: answers(f"{product.addresses.provider}/messages"), START_SECONDS)
    return child


def _start_web(plan: Plan, product: Stack) -> Child:
    arguments = ["--host", plan.host, "--port", str(plan.web_port)]
    child = Child("infra.local.web", arguments, environment.child(product.environment), plan.home / "web.log")
    local = "127.0.0.1" if plan.host == "0.0.0.0" else plan.host
    child.wait_until(lambda: answers(f"http://{local}:{plan.web_port}/healthz"), START_SECONDS)
    return child
