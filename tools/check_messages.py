"""Writes the tables of docs/reference/messages.md from domain and templates; without ``--write`` it compares."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from chalicelib.domain.calendar import QUIET_FROM, QUIET_UNTIL
from chalicelib.domain.failures import ALARMING, CODES, Kind
from chalicelib.domain.message_moves import PROVIDER_STATES
from chalicelib.domain.messages import (
    BACKOFF,
    DEFAULT_END_OF_USE,
    END_OF_USE,
    EVENTS,
    LEASE,
    NEVER_QUIET,
    RANK,
    SETTLE_AFTER,
)
from chalicelib.messaging.wordings import FOLDER, Template, languages, template
from tools.generated import below_the_mark, main

TARGET = Path("docs/reference/messages.md")
SLEEPERS = ("family", "traveller")
"""Who is not texted in the quiet hours."""
Row = Sequence[object]


def table(head: Row, rows: Iterable[Row]) -> str:
    """A table in Markdown."""
    titles = list(head)
    lines: list[list[object]] = [titles, ["---"] * len(titles), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def spoken_of() -> list[str]:
    """The events in their order, and whatever else there are words for."""
    folders = {path.parent.name for path in FOLDER.glob("*/*.txt")}
    return [*EVENTS, *sorted(folders - set(EVENTS))]


def audiences(event: str) -> list[str]:
    """For whom there are words about an event: who may sleep first."""
    found = {path.name.partition(".")[0] for path in (FOLDER / event).glob("*.txt")}
    return [*(one for one in SLEEPERS if one in found), *sorted(found - set(SLEEPERS))]


def span(time: timedelta) -> str:
    """As short as a table wants it."""
    seconds = int(time.total_seconds())
    for size, unit in ((3600, "h"), (60, "min"), (1, "s")):
        if seconds % size == 0:
            return f"{seconds // size} {unit}"
    raise ValueError(time)


def events() -> Iterator[Row]:
    """Each event: whom it tells, whether at night, and for how long that is of use."""
    for event in spoken_of():
        told = audiences(event)
        waits = [one for one in told if one in SLEEPERS and event not in NEVER_QUIET]
        yield (f"`{event}`", ", ".join(told), ", ".join(waits), span(END_OF_USE.get(event, DEFAULT_END_OF_USE)))


def wordings() -> Iterator[Row]:
    """Every template: its version, its fullest wording, and how many shorter ones stand behind it."""
    for event in spoken_of():
        for audience in audiences(event):
            for language in languages():
                found = template(event, audience, language)
                yield (f"`{event}`", audience, language, found.version, len(found.wordings), _fullest(found))


def _fullest(found: Template) -> str:
    return found.wordings[0].replace("|", "\\|")


def codes() -> Iterator[Row]:
    """What providers' codes ask for."""
    for kind in Kind:
        known = sorted(code for code, one in CODES.items() if one == kind)
        yield (f"`{kind}`", " ".join(f"{code}{'*' if code in ALARMING else ''}" for code in known) or "none by number")


def page() -> str:
    """Everything below the mark."""
    provider = (
        (f"`{state}`", rank, ", ".join(word for word, ours in PROVIDER_STATES.items() if ours == state) or "")
        for state, rank in RANK.items()
    )
    waits = ", ".join(span(wait) for wait in BACKOFF)
    return "\n\n".join(
        [
            "## Events",
            table(("event", "told", "not at night", "of use for"), events()),
            "## Numbers",
            f"Quiet from {QUIET_FROM:%H:%M} until {QUIET_UNTIL:%H:%M}. Waits between tries: {waits}, and the last one "
            f"again.\n"
            f"A worker's claim holds {span(LEASE)}; an outcome unknown is asked for after {span(SETTLE_AFTER)}.",
            "## States",
            table(("state", "rank", "the provider's words for it"), provider),
            "## Codes of the provider by kind",
            table(("kind", "codes"), codes()),
            "A code that stands nowhere is `permanent`. Those with a star are an alarm when they come in numbers.",
            "## Wordings",
            table(("event", "to", "language", "version", "wordings", "the fullest"), wordings()),
        ]
    )


if __name__ == "__main__":
    sys.exit(main(TARGET, below_the_mark(TARGET, page()), "check_messages"))
