"""`make job`: runs one scheduled job of the running stack as if it were a given time, and prints what it answers."""

import argparse
import json
import sys
from datetime import datetime

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.plan import Plan
from infra.local.process import StartError
from infra.local.stack import JobFailed, Stack, prefix_of

JOBS = ("sweep", "release_due")


def main() -> int:
    """Invoke the job's function by its schedule's event."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="")
    parser.add_argument("--now", default="")
    arguments = parser.parse_args()
    try:
        _check(arguments.name, arguments.now)
        plan = Plan.from_environment()
        stack = Stack(plan.stage, plan.running(), prefix_of(plan.stage))
        print(json.dumps(stack.run_job(arguments.name, arguments.now or None), ensure_ascii=False, indent=2))
    except (StartError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except (BotoCoreError, ClientError, JobFailed) as error:
        print(f"The job {arguments.name} did not end well: {error}", file=sys.stderr)
        return 1
    return 0


def _check(name: str, now: str) -> None:
    if name not in JOBS:
        raise ValueError(f"Name a job, as in `make job NAME=release_due`; jobs: {' '.join(JOBS)}.")
    if now and not _is_instant(now):
        raise ValueError(f"NOW={now} is no time with an offset: write it as 2026-12-07T08:10:00+08:00.")


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
