"""The part of docs/reference/reliability.md about a provider that does everything wrong: thousands of texts each."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.storms.storm import Seen, raged

PARTS = (0.05, 0.1, 0.2, 0.35, 0.5)
MESSAGES = 2_000
HEAD = (
    "each fault", "messages", "sent", "delivered", "failed, called", "undelivered, called", "cancelled", "texts sent",
    "unknown meanwhile", "sent more than once", "hours until all rest", "held",
)  # fmt: skip


def storms() -> dict[float, Seen]:
    """One for each part, in turn."""
    found = {}
    for part in PARTS:
        with tempfile.TemporaryDirectory() as folder:
            found[part] = raged(Path(folder), MESSAGES, part)
        print(f"{part:.0%}: {dict(found[part].states)}, {len(found[part].broken)} broken", flush=True)
    return found


def row(part: float, seen: Seen) -> Iterable[str]:
    """A line of the table."""
    yield f"{part:.0%}"
    yield str(seen.messages)
    yield from (str(seen.states[state]) for state in ("sent", "delivered", "failed", "undelivered", "cancelled"))
    yield from (str(seen.sends), str(seen.unknowns), str(seen.twice), f"{seen.hours:.1f}")
    yield f"{seen.messages - len(seen.broken)} of {seen.messages}"


SAYS = """Texts go through the provider's official client to the simulator, over HTTP, and receipts come back the same
way, while each of these goes wrong with the probability at the left: the answer is lost, 429, 500 (half of them after
the text was taken), callbacks are lost, come twice, come late and out of order; and half as many numbers are refused
(21614), unknown (30005) or off (30003). Hours of waiting are skipped, nothing else is.

A message holds when it has ended; when it lies at a phone if it says so, and is somebody's call to make if not; when
it went no more often than once, and once more for each unknown and each repeat that was told; and when its state never
went back.
"""


def section(table: str) -> str:
    """What the table shows."""
    return f"{SAYS}\n{table}\n"
