"""Writes docs/reference/reliability.md: every fault at every external call, and a hundred journeys killed with -9.

Takes some minutes. Exits 1 when a promise did not hold, with what was against it.
"""

import logging
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from infra.local import stack
from infra.local.environment import CREDENTIALS, REGION
from tests.killed.deeds import JOBS, VERBS
from tests.killed.faults import Fault
from tests.killed.nine import faults, lived
from tests.killed.scene import Stage, staged
from tests.killed.trial import Deed, Outcome, rehearsed, tried

TARGET = Path("docs/reference/reliability.md")
DEEDS = (*VERBS, *JOBS)
RUNS, WORKERS = 100, 3
HEAD = ("verb or job", "external calls", *Fault)


@dataclass
class Found:
    """``calls`` and ``told`` by the name of a deed, ``runs`` by seed: how often killed, and what broke."""

    calls: dict[str, list[str]] = field(default_factory=dict)
    told: dict[str, list[Outcome]] = field(default_factory=dict)
    runs: dict[int, tuple[int, list[str]]] = field(default_factory=dict)

    def add(self, other: "Found") -> None:
        """What another worker found."""
        self.calls |= other.calls
        self.told |= other.told
        self.runs |= other.runs

    @property
    def broken(self) -> list[str]:
        """Everything that is against the promises."""
        told = (f"{name}: {o.call} {o.fault}: {f}" for name, all_ in self.told.items() for o in all_ for f in o.faults)
        return [*told, *(f"kill -9, seed {seed}: {f}" for seed, (_, found) in self.runs.items() for f in found)]


def worked(number: int) -> Found:
    """One worker's share, on parts of its own."""
    logging.disable(logging.CRITICAL)
    found = Found()
    with _stage() as stage:
        for deed in DEEDS[number::WORKERS]:
            _tried(stage, deed, found)
        undisturbed = lived(stage, 0, kills=0)[1]
        for seed in range(RUNS)[number::WORKERS]:
            killed, end = lived(stage, seed)
            found.runs[seed] = (killed, faults(end, undisturbed))
        print(f"{len(found.runs)} journeys killed", flush=True)
    return found


@contextmanager
def _stage() -> Iterator[Stage]:
    os.environ.update(CREDENTIALS, AWS_EC2_METADATA_DISABLED="true", AWS_REGION=REGION)
    with stack.resources_only() as aws, tempfile.TemporaryDirectory() as folder:
        os.environ.update(aws.environment)
        with staged(aws, Path(folder)) as stage:
            yield stage


def _tried(stage: Stage, deed: Deed, found: Found) -> None:
    calls, undisturbed = rehearsed(stage, deed)
    outcomes = list(tried(stage, deed, calls, undisturbed))
    found.calls[deed.name], found.told[deed.name] = calls, outcomes
    print(f"{deed.name}: {len(calls)} calls, {len(outcomes)} faults", flush=True)


def page(found: Found) -> str:
    """The whole page."""
    total = sum(len(told) for told in found.told.values())
    held = sum(not outcome.faults for told in found.told.values() for outcome in told)
    killed = sum(times for times, _ in found.runs.values())
    unharmed = sum(not broken for _, broken in found.runs.values())
    return f"""# Reliability

Written by `make reliability`, which tries all of this on the real parts: tables, queue and keys in a local AWS, text
messages at the simulator over HTTP.

## Killed at every step

Each verb and job is run once, undisturbed, and its external calls are written down. Then, in a story of its own for
each call and each fault, the call goes wrong: the process dies before it or after it, its answer is lost, it never
happens and times out, it is throttled, its transaction conflicts with another. A process that died starts anew. Whoever
asked asks again, word for word; the queue, the sweep and `release_due` run until nothing is owed.

A story holds when it ends exactly as the undisturbed one (cases, vehicles, audit, texts, calls to make, planned
releases) and no promise broke: nothing kept twice, each text at its phone once, no message's state backwards, the
audit's chains whole, nothing personal in the open. Held of tried:

{_table(HEAD, (_row(deed, found) for deed in DEEDS))}

{held} of {total} held. Where a column is empty, no call of that verb can go wrong like that.

## Killed at any time

A process that does one traveller's whole journey, from the declaration to release, is killed with `kill -9` after a
random time; another starts from the first step with the same idempotency keys, up to three times. The last is left
alone, and its journey must end as one that nobody killed.

{_table(("journeys", "processes killed", "held"), [(str(len(found.runs)), str(killed), str(unharmed))])}
"""


def _row(deed: Deed, found: Found) -> Iterable[str]:
    yield deed.name
    yield ", ".join(f"{name.partition('.')[2]} {times}" for name, times in Counter(found.calls[deed.name]).items())
    for fault in Fault:
        told = [outcome for outcome in found.told[deed.name] if outcome.fault == fault]
        held = sum(not outcome.faults for outcome in told)
        yield f"{held} of {len(told)}" if told else ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> int:
    """Write the page; 1 when something broke."""
    found = Found()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for part in pool.map(worked, range(WORKERS)):
            found.add(part)
    TARGET.write_text(page(found), encoding="utf-8")
    print(*found.broken, sep="\n")
    return 1 if found.broken else 0


if __name__ == "__main__":
    sys.exit(main())
