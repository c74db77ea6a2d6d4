"""`make key`: prints an API key of the running stack, and nothing else, on standard output."""

import argparse
import sys

from chalicelib.domain.desks import DESKS
from infra.local import product
from infra.local.plan import Plan
from infra.local.process import StartError
from infra.local.stack import Stack, prefix_of


def main() -> int:
    """Make a key for the desk, and for the district's own when one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desk", default="")
    parser.add_argument("--district", default="")
    arguments = parser.parse_args()
    try:
        _check(arguments.desk, arguments.district)
        print(_make(arguments.desk, arguments.district or None))
    except (StartError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _check(desk: str, district: str) -> None:
    if desk not in DESKS:
        raise ValueError(f"Name a desk, as in `make key DESK=coordination`; desks: {' '.join(DESKS)}.")
    if desk == "district" and not district:
        raise ValueError("A key of the desk district needs its district: make key DESK=district DISTRICT=yuzhong.")


def _make(desk: str, district: str | None) -> str:
    plan = Plan.from_environment()
    stack = Stack(plan.stage, plan.running(), prefix_of(plan.stage))
    return product.make_key(stack, desk, district)


if __name__ == "__main__":
    sys.exit(main())
