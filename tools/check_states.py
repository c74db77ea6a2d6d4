"""Draws docs/reference/states.md from the tables of moves; without ``--write`` it compares and says what to do."""

import sys
from collections.abc import Iterable
from pathlib import Path

from chalicelib.domain.dispatch import DISPATCH_TRANSITIONS
from chalicelib.domain.message_moves import MOVES, MessageState
from chalicelib.domain.messages import (
    BACKOFF,
    DEFAULT_END_OF_USE,
    END_OF_USE,
    LATER_TRIES,
    RANK,
)
from chalicelib.domain.states import TRANSITIONS, State
from tools.generated import main

TARGET = Path("docs/reference/states.md")
Arrow = tuple[str, str, str]


def travellers() -> Iterable[Arrow]:
    """Moves from state to state; what leaves the state as it is stands in a table of its own."""
    for verb, moves in TRANSITIONS.items():
        for source, targets in moves.items():
            yield from ((source, target, verb) for target in sorted(targets) if target != source)


def dispatches() -> Iterable[Arrow]:
    """Moves of a vehicle, those within a state too: a headcount may be repeated."""
    for verb, moves in DISPATCH_TRANSITIONS.items():
        yield from ((source, target, verb) for source, target in moves.items())


def messages() -> Iterable[Arrow]:
    """What the worker and officers do, and what callbacks may raise."""
    for verb, moves in MOVES.items():
        for source, targets in moves.items():
            yield from ((source, target, verb) for target in sorted(targets))


def diagram(arrows: Iterable[Arrow], start: str) -> str:
    """A state diagram in Mermaid: one arrow for each pair of states, its verbs on it."""
    labels: dict[tuple[str, str], list[str]] = {}
    for source, target, label in arrows:
        labels.setdefault((source, target), []).append(label)
    lines = [
        f"    {source} --> {target}: {', '.join(dict.fromkeys(what))}" for (source, target), what in labels.items()
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {start}", *lines, "```"])


def within() -> str:
    """Verbs that leave the state as it is."""
    rows = [
        f"| {verb} | {', '.join(sorted(source for source, targets in moves.items() if source in targets))} |"
        for verb, moves in TRANSITIONS.items()
        if any(source in targets for source, targets in moves.items())
    ]
    return "\n".join(["| verb | allowed in |", "|---|---|", *rows])


def page() -> str:
    """The whole page."""
    hours = ", ".join(f"{event} {span.total_seconds() / 3600:.0f} h" for event, span in END_OF_USE.items())
    waits = ", ".join(f"{wait.total_seconds():.0f} s" for wait in BACKOFF)
    return f"""# States

Drawn by `python -m tools.check_states --write` from the tables in `chalicelib/domain`; `make check` compares.

## A traveller

{diagram(travellers(), State.DECLARED)}

`return` goes back to where the referral came from. Verbs that change the case and not its state:

{within()}

## A dispatch

{diagram(dispatches(), "boarding")}

A traveller's state is read through the dispatch: `depart` and `acknowledge` of the first diagram are settled from it.

## A message

{diagram(messages(), MessageState.OWED)}

Rank of a state, which no callback lowers: {", ".join(f"{state} {rank}" for state, rank in RANK.items())}.
Waits between tries: {waits}. Of no more use after: {hours}, others {DEFAULT_END_OF_USE.total_seconds() / 3600:.0f} h.
A text that a phone missed is sent {LATER_TRIES} times at the most, at the same waits; then somebody calls.
"""


if __name__ == "__main__":
    sys.exit(main(TARGET, page(), "check_states"))
