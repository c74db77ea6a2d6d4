"""One worker: messages a second and processor time a message, beside a bare loop of the official client."""

import json
import uuid
from dataclasses import replace
from typing import Any

from chalicelib.storage.counting import counted
from chalicelib.wiring import Wiring, override
from infra.local.stack import Stack
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.measuring import Spread, Timed, ratio, taking_turns
from tests.benchmarks.texting import UNHURRIED, Client, owed, phones, set_rate

BATCH = 5
"""Texts that a worker is given at once (infra/functions.yaml)."""
MOST_CALLS = 3.5
"""At the database for a text: read, claim and mark; room on the line and the day's count are taken for the batch."""


def measure(stack: Stack, here: Wiring, effort: Effort) -> Figure:
    """Batches through the job as the queue gives them, in turns with as many bare texts."""
    set_rate(stack, UNHURRIED)
    with phones(stack) as base:
        there = Wiring(replace(here.settings, provider_base=base), here.clock)
        waiting = iter([_batch(there) for _ in range(effort.batches + 7)])
        bare = Client(stack, base)
        with override(there):
            work(next(waiting))
            with counted(there.store) as cost:
                work(next(waiting))
            acts = {"product": lambda: work(next(waiting)), "bare": lambda: _loop(bare)}
            taken = taking_turns(acts, effort.batches)
    return _figure(taken, cost.calls / BATCH, str(cost))


def work(texts: list[str]) -> None:
    """Let the job work off a batch, as SQS hands it over."""
    from chalicelib.jobs.send_messages import send_messages  # it reads the settings on import

    records = [{"messageId": uuid.uuid4().hex, "body": json.dumps({"kind": "message", "id": text})} for text in texts]
    answer: Any = send_messages({"Records": records}, None)
    assert answer == {"batchItemFailures": []}, answer


def _batch(here: Wiring) -> list[str]:
    return [owed(here.ports) for _ in range(BATCH)]


def _loop(bare: Client) -> None:
    for _ in range(BATCH):
        bare.post()


def a_second(milliseconds: list[float], texts: int) -> list[float]:
    """Texts a second, of rounds with so many each."""
    return [texts * 1000 / taken for taken in milliseconds]


def _figure(taken: dict[str, Timed], calls: float, cost: str) -> Figure:
    names = {"product": "Waystation's worker", "bare": "bare loop of the official client"}
    pace = {name: a_second(one.wall, BATCH) for name, one in taken.items()}
    cpu = {name: [each / BATCH for each in one.cpu] for name, one in taken.items()}
    rows = [
        (
            names[name], ratio(pace[name], pace["bare"]).said(), ratio(cpu[name], cpu["bare"]).said(),
            Spread.of(pace[name]).said(0), Spread.of(cpu[name]).said(),
        )
        for name in taken
    ]  # fmt: skip
    return Figure(
        name="work",
        title="One worker",
        measured=f"The job `send_messages` works off batches of {BATCH} as the queue gives them, on real tables, in one"
        " process with one thread; in turns with a loop of the official client, which keeps nothing.",
        goals=[Goal("database calls a message", calls, MOST_CALLS, f"{calls:.1f}")],
        parts=[
            Table(("", "messages a second ÷ bare", "CPU ÷ bare", "messages a second", "CPU ms a message"), rows),
            f"A batch took {cost}: a read, a claim and a mark for each text, and for the whole batch one call that"
            " takes room on the line and one that counts what was spent. What the worker takes longer than the bare"
            " loop are these calls: a text that is owed, claimed and marked is neither lost nor sent twice.",
        ],
        data={name: {"cpu": cpu[name], "a_second": pace[name]} for name in taken} | {"calls": calls},
    )
