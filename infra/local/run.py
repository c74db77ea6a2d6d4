"""`make run`: the whole product on this machine, until Ctrl-C."""

import signal
import sys
from types import FrameType

import segno

from infra.deploy import DeployError
from infra.local import product
from infra.local.plan import Plan
from infra.local.process import StartError
from infra.package import PackageError

POINT = "CKG"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Ctrl-C or SIGTERM came; raised at most once, so that stopping is never interrupted itself."""


def main() -> int:
    """Start, show the addresses, wait for Ctrl-C or SIGTERM, stop; 1 with a sentence when it cannot start."""
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    try:
        plan = Plan.from_environment()
        with product.running(plan, _say) as up:
            _show(plan, product.seed(up))
            _wait_for_the_end()
    except Interrupted:
        _say("Stopped before it was up.")
        return 130
    except (StartError, DeployError, PackageError) as error:
        _say(str(error))
        return 1
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise Interrupted


def _wait_for_the_end() -> None:
    try:
        while True:
            signal.pause()
    except Interrupted:
        _say("Stopping, and writing what was entered …")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _show(plan: Plan, link: str) -> None:
    form = f"{plan.public_base}/d/{POINT}"
    lines = [
        "",
        "Waystation runs. Ctrl-C stops it; what was entered stays in .local/ for the next start.",
        f"  form        {form}",
        f"  console     {plan.public_base}/console",
        f"  API         {plan.public_base}/api/v1/openapi.json",
        f"  phones      {plan.addresses.provider}",
    ]
    if link:
        lines.append(f"  first admin {link}   (works once)")
    _say("\n".join(lines))
    if plan.open_to_phones:
        _say(f"\nFor phones on the same network, {form}:\n")
        segno.make(form, error="m").terminal(out=sys.stderr, compact=True)


if __name__ == "__main__":
    sys.exit(main())
