"""Every text is there in every language, says what it declares, is safe to send anywhere, and fits one segment."""

import sys
from collections.abc import Iterator
from pathlib import Path

from chalicelib.domain.segments import measure
from chalicelib.messaging import registered
from chalicelib.messaging.registered import SID, Countries
from chalicelib.messaging.texts import fitting, values_of
from chalicelib.messaging.wordings import FOLDER, Template, TemplateFault, parse, used
from chalicelib.web.language import LANGUAGES
from tools import traps
from tools.realistic import values

FAMILY, OWN = ("name", "others", "district", "hotline"), ("name", "district", "hotline")
VEHICLE, DATED = ("district", "heads", "code", "hotline"), ("name", "end_date", "hotline")
TEXTS = {
    "dispatched/family": FAMILY, "dispatched/traveller": OWN, "dispatched/district": VEHICLE,
    "plan_changed/family": FAMILY, "plan_changed/traveller": OWN, "plan_changed/district": VEHICLE,
    "quarantine_started/family": ("name", "others", "district", "end_date", "hotline"),
    "quarantine_started/traveller": DATED,
    "date_changed/family": ("name", "others", "end_date", "hotline"), "date_changed/traveller": DATED,
    "quarantine_ended/family": ("name", "others", "district", "end_date", "hotline"),
    "quarantine_ended/traveller": DATED, "quarantine_ended/district": ("district", "heads", "end_date", "hotline"),
    "unacknowledged/district": VEHICLE, "unacknowledged/coordinator": VEHICLE, "acknowledged/district": VEHICLE,
    "awaited/district": VEHICLE, "unknown_code/district": ("code", "hotline"), "help/sender": ("hotline",),
}  # fmt: skip
"""What is sent (field.md, who is told what), and the variables that it is sent with."""
MAIN = ("dispatched", "quarantine_started", "date_changed", "quarantine_ended")
DRAWN, PERCENTILE = 400, 95


def faults(folder: Path = FOLDER, known: Countries | None = None) -> Iterator[str]:
    """What is wrong with the files in ``folder``, and with the registrations."""
    paths = sorted(folder.glob("*/*.txt"))
    yield from missing(folder)
    for path in paths:
        yield from of_file(path)
    yield from registrations(folder, registered.countries() if known is None else known)


def of_file(path: Path) -> Iterator[str]:
    """What is wrong with one text."""
    try:
        one = _read(path)
    except TemplateFault as fault:
        yield str(fault)
        return
    yield from (f"{one.name}.{one.language}: {fault}" for fault in _faults_of(one))


def _read(path: Path) -> Template:
    audience, _, language = path.stem.partition(".")
    return parse(path.read_text("utf-8"), path.parent.name, audience, language)


def missing(folder: Path) -> Iterator[str]:
    """Texts and languages that are not there, and texts that are there for nothing.

    A language is wanted whole once pages speak it or one of its files is there.
    """
    there = {f"{path.parent.name}/{path.stem}" for path in folder.glob("*/*.txt")}
    spoken = {path.stem for path in (folder / "words").glob("*.toml")}
    languages = {*LANGUAGES, *spoken, *(name.rpartition(".")[2] for name in there)}
    wanted = {f"{name}.{language}" for name in TEXTS for language in languages}
    yield from (f"{name}: missing" for name in sorted(wanted - there))
    yield from (f"{name}: nobody sends it" for name in sorted(there - wanted))
    yield from (f"words/{language}.toml: missing" for language in sorted(languages - spoken))


def _faults_of(one: Template) -> Iterator[str]:
    declared, needed = set(one.variables), set().union(*(used(wording) for wording in one.wordings))
    wanted = set(TEXTS.get(one.name, one.variables))
    yield from (f"declared and not used: {name}" for name in sorted(declared - needed))
    yield from (f"not declared: {name}" for name in sorted(wanted - declared))
    yield from (f"nobody gives it: {name}" for name in sorted(declared - wanted))
    for wording in one.wordings:
        yield from traps.found(wording)
    if one.event in MAIN and declared <= wanted:
        yield from _too_long(one)


def _too_long(one: Template) -> Iterator[str]:
    """At the 95th percentile, a text of 400 that are filled with realistic values is one segment."""
    texts = [fitting(one, values_of(one, drawn)) for drawn in values(one.language, DRAWN, one.name)]
    texts.sort(key=lambda text: (measure(text).segments, measure(text).units))
    at = texts[DRAWN * PERCENTILE // 100 - 1]
    if measure(at).segments > 1:
        yield f"{measure(at).segments} segments at the {PERCENTILE}th percentile: {measure(at).units} units: {at}"


def registrations(folder: Path, known: Countries) -> Iterator[str]:
    """What does not fit between the registrations and the files."""
    for start, country in known.items():
        if not (start.startswith("+") and start[1:].isdigit()):
            yield f"registered: {start} is no beginning of a number"
        for name, bound in country.templates.items():
            event, audience, language = name.split("/")
            path = folder / event / f"{audience}.{language}.txt"
            one = _read(path) if path.is_file() else None
            if one is None:
                yield f"registered for {start}: {name}: there is no such text"
            elif bound.version != one.version or not 1 <= bound.wording <= len(one.wordings):
                yield f"registered for {start}: {name}: another version or wording than the file's"
            if not SID.fullmatch(bound.content_sid):
                yield f"registered for {start}: {name}: {bound.content_sid} is no id of a template"


def main() -> int:
    """1 when something is found."""
    found = list(faults())
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
