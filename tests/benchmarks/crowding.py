"""A flight's worth of declarations from one address at once: none lost, nobody waits much longer than the others."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from urllib3.exceptions import HTTPError

from infra.local import product
from infra.local.environment import child
from infra.local.plan import free_port
from infra.local.stack import Stack
from tests.api_client import POOL, Api
from tests.benchmarks.figure import Effort, Figure, Goal, Table
from tests.benchmarks.gateway import BARE_ROUTE
from tests.benchmarks.measuring import Spread, percentile
from tests.benchmarks.starting import BARE_APP
from tests.benchmarks.submitting import PATH
from tests.journey.steps import declaration, eventually, today
from tests.wired import fresh

AT_ONCE = 32
MOST = 3.0


def measure(stack: Stack, effort: Effort) -> Figure:
    """The crowd at the product's door and at a bare one's, in turns; then every declaration is looked for."""
    kept: list[str] = []
    ours: list[list[float]] = []
    bare: list[list[float]] = []
    with _bare_served(stack) as plain:
        _crowd(plain, BARE_ROUTE, AT_ONCE)
        _crowd(stack.addresses.public_base, PATH, AT_ONCE)
        for _ in range(effort.crowds):
            waited, answers = _crowd(stack.addresses.public_base, PATH, effort.crowd)
            ours.append(waited)
            kept += [answer["traveller_id"] for answer in answers]
            bare.append(_crowd(plain, BARE_ROUTE, effort.crowd)[0])
    lost = len(set(kept) - _listed(stack)) + effort.crowd * effort.crowds - len(set(kept))
    return _figure(effort, lost, ours, bare)


def _crowd(base: str, path: str, number: int) -> tuple[list[float], list[Any]]:
    """How long each waited, in milliseconds, and what each was answered."""
    bodies = [json.dumps(declaration(document_number=f"E{fresh(8)}")).encode() for _ in range(number)]

    def one(body: bytes) -> tuple[float, Any]:
        began = time.perf_counter()
        answer = POOL.request("POST", base + path, body=body, headers={"Content-Type": "application/json"})
        assert answer.status in (200, 201), answer.data.decode()
        return (time.perf_counter() - began) * 1000, json.loads(answer.data)

    with ThreadPoolExecutor(AT_ONCE) as hands:
        waited, answers = zip(*hands.map(one, bodies), strict=True)
    return list(waited), list(answers)


def _listed(stack: Stack) -> set[str]:
    """Everybody on the day's list, page by page."""
    api = Api(stack.addresses.public_base, product.make_key(stack, "coordination"))
    found: set[str] = set()
    cursor = ""
    while True:
        page = api("GET", f"/travellers?date={today()}&limit=200&cursor={cursor}").body
        found |= {item["traveller_id"] for item in page["items"]}
        cursor = page["next"] or ""
        if not cursor:
            return found


@contextmanager
def _bare_served(stack: Stack) -> Iterator[str]:
    """The bare application behind the very server that serves the product, in a process that ends with this block."""
    port = free_port()
    command = [sys.executable, "-m", "infra.local.leash", "infra.local.web", "--port", str(port)]
    with TemporaryDirectory(prefix="waystation-") as folder:
        Path(folder, "app.py").write_text(BARE_APP, "utf-8")
        process = subprocess.Popen(
            command, cwd=folder, env=child(stack.environment), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        try:
            base = f"http://127.0.0.1:{port}"
            eventually(lambda: _answers(base))
            yield base
        finally:
            process.terminate()
            process.wait()


def _answers(base: str) -> bool:
    try:
        return bool(_crowd(base, BARE_ROUTE, 1))
    except HTTPError:
        return False


def _figure(effort: Effort, lost: int, ours: list[list[float]], bare: list[list[float]]) -> Figure:
    shares = Spread.of([percentile(waited, 0.95) / percentile(waited, 0.5) for waited in ours])
    plain = Spread.of([percentile(waited, 0.95) / percentile(waited, 0.5) for waited in bare])
    medians, plain_medians = ([percentile(waited, 0.5) for waited in each] for each in (ours, bare))
    head = ("", "p95 ÷ median", "median ÷ bare's", "median ms", "p95 ms", "longest ms")
    over = Spread.of(medians).median / Spread.of(plain_medians).median
    return Figure(
        name="crowd",
        title="A flight's worth of declarations at once",
        measured=f"{effort.crowd} declarations from one address, {AT_ONCE} at a time, to the served product over HTTP;"
        " beside it a bare application behind the same server.",
        goals=[
            Goal("declarations that were lost", lost, 0, f"{lost} of {effort.crowd * effort.crowds}"),
            Goal("p95 ÷ median", shares.median, MOST, shares.said()),
        ],
        parts=[
            Table(
                head,
                [
                    ("Waystation", shares.said(), f"{over:.2f}", *_waits(ours)),
                    ("bare", plain.said(), "1.00", *_waits(bare)),
                ],
            ),
            "All of it (client, server, database) shares this machine's cores: the wait is their queue.",
        ],
        data={"lost": lost, "product_ms": ours, "bare_ms": bare},
    )


def _waits(crowds: list[list[float]]) -> tuple[str, ...]:
    return tuple(Spread.of([percentile(waited, share) for waited in crowds]).said(0) for share in (0.5, 0.95, 1.0))
