"""Writes docs/reference/reliability.md: every fault at every external call, journeys killed with -9, and storms.

Takes some minutes; with ``--part storms`` about two, and the rest of the page stays as it is. Exits 1 when a promise
did not hold, with what was against it.
"""

import argparse
import logging
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from infra.local import stack
from infra.local.environment import CREDENTIALS, REGION
from tests.killed.deeds import VERBS
from tests.killed.faults import Fault
from tests.killed.jobs import JOBS
from tests.killed.nine import faults, lived
from tests.killed.scene import Stage, staged
from tests.killed.trial import Deed, Outcome, rehearsed, tried
from tools import storms

TARGET = Path("docs/reference/reliability.md")
DEEDS = (*VERBS, *JOBS)
RUNS, WORKERS = 100, 3
STORMS = "A provider that does everything wrong"
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


STEPS = """Each verb and job is run once, undisturbed, and its external calls are written down. Then, in a story of its
own for each call and each fault, the call goes wrong: the process dies before it or after it, its answer is lost, it
never happens and times out, it is throttled, its transaction conflicts with another. A process that died starts anew.
Whoever asked asks again, word for word; the queue, the sweep and `release_due` run until nothing is owed.

A story holds when it ends exactly as the undisturbed one (cases, vehicles, audit, texts, calls to make, planned
releases) and no promise broke: nothing kept twice, each text at its phone once, no message's state backwards, the
audit's chains whole, nothing personal in the open. Held of tried:
"""
NINE = """A process that does one traveller's whole journey, from the declaration to release, is killed with `kill -9`
after a random time; another starts from the first step with the same idempotency keys, up to three times. The last is
left alone, and its journey must end as one that nobody killed.
"""


def killed_parts(found: Found) -> dict[str, str]:
    """The sections about killed processes, by heading."""
    total = sum(len(told) for told in found.told.values())
    held = sum(not outcome.faults for told in found.told.values() for outcome in told)
    killed = sum(times for times, _ in found.runs.values())
    unharmed = sum(not broken for _, broken in found.runs.values())
    steps = _table(HEAD, (_row(deed, found) for deed in DEEDS))
    tried = f"{held} of {total} held. Where a column is empty, no call of that verb can go wrong like that.\n"
    nine = _table(("journeys", "processes killed", "held"), [(str(len(found.runs)), str(killed), str(unharmed))])
    return {"Killed at every step": f"{STEPS}\n{steps}\n\n{tried}", "Killed at any time": f"{NINE}\n{nine}\n"}


def page(parts: Mapping[str, str]) -> str:
    """The whole page."""
    head = """# Reliability

Written by `make reliability`, which tries all of this on the real parts: tables, queue and keys in a local AWS, text
messages at the simulator over HTTP.
"""
    return "\n".join([head, *(f"## {heading}\n\n{text}" for heading, text in parts.items())])


def written() -> dict[str, str]:
    """The sections of the page as it stands, by heading."""
    if not TARGET.exists():
        return {}
    _, *parts = TARGET.read_text(encoding="utf-8").split("\n## ")
    return {heading: text.strip("\n") + "\n" for heading, _, text in (part.partition("\n") for part in parts)}


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


def killed() -> tuple[dict[str, str], list[str]]:
    """The sections about killed processes, and what broke."""
    found = Found()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for part in pool.map(worked, range(WORKERS)):
            found.add(part)
    return killed_parts(found), found.broken


def stormed() -> tuple[dict[str, str], list[str]]:
    """The section about storms, and what broke."""
    found = storms.storms()
    table = _table(storms.HEAD, (storms.row(part, seen) for part, seen in found.items()))
    broken = [f"{part:.0%}: {fault}" for part, seen in found.items() for fault in seen.broken]
    return {STORMS: storms.section(table)}, broken


PARTS = {"killed": killed, "storms": stormed}


def main() -> int:
    """Write the page; 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("", *PARTS), default="")
    asked = parser.parse_args().part
    sections: dict[str, str] = written()
    broken: list[str] = []
    for name in [asked] if asked else PARTS:
        told, against = PARTS[name]()
        sections, broken = {**sections, **told}, [*broken, *against]
    TARGET.write_text(page(sections), encoding="utf-8")
    print(*broken, sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
