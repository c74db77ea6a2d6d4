"""The catalogues of page texts: `update` collects sentences, `compile` makes what the product reads, `check` judges.

One .po for each area, so that two people at work seldom meet in one file; all of a language become one .mo.
English is the source: its sentences stand in templates and code.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from chalicelib.web.language import LANGUAGES

WEB = Path("chalicelib/web")
LOCALE = Path("chalicelib/locale")
AREAS = ("base", "api", "console", "traveller")
"""A sentence that stands in ``base`` is not asked for again elsewhere."""
TRAVELLERS = ("base", "traveller")
LOCALES = {
    one.catalogue: AREAS if one.officers else TRAVELLERS for one in LANGUAGES.values() if one.catalogue
}  # fmt: skip
"""By folder: the areas that are wanted in that language."""

CODE, TEMPLATES = [("**.py", "python")], [("**.html", "jinja2")]
OPTIONS = {"**.html": {"extensions": "jinja2.ext.do", "newstyle_gettext": "true", "silent": "false"}}
MARKS = {"_": None, "N_": None, "ngettext": (1, 2)}
"""Code that calls ``gettext`` looks up what ``N_`` marked elsewhere; templates also have ``{% trans %}``."""
STRAY = re.compile(r"(?<!%)(?:%%)*%(?!%|\(\w+\)[sd])")
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""Dates in the headers would make every update a change."""


def area_of(path: str) -> str:
    """The area of a source file: its folder says. The officers' navigation is loaded with every page, and theirs."""
    if path == "navigation.py":
        return "console"
    return next((area for area in AREAS if f"{area}/" in path), "base")


def collected() -> dict[str, Catalog]:
    """The sentences that templates and code hold, by area."""
    areas = {area: Catalog(domain=area, charset="utf-8") for area in AREAS}
    code = extract_from_dir(WEB, CODE, {}, MARKS, comment_tags=("i18n:",))
    templates = extract_from_dir(WEB, TEMPLATES, OPTIONS, {**MARKS, "gettext": None}, comment_tags=("i18n:",))
    for path, _, message, comments, context in sorted([*code, *templates], key=lambda one: one[0]):
        areas[area_of(path)].add(message, locations=[(f"{WEB}/{path}", 0)], auto_comments=comments, context=context)
    for area in AREAS[1:]:
        for one in list(areas[area]):
            if one.id and one.id in areas["base"]:
                areas[area].delete(one.id)
    return areas


def po_path(locale: str, area: str) -> Path:
    """Where an area's translations lie."""
    return LOCALE / locale / f"{area}.po"


def read(locale: str, area: str) -> Catalog:
    """An area's translations; empty when there is no file yet."""
    path = po_path(locale, area)
    if not path.exists():
        return Catalog(locale=locale, domain=area)
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain=area)


def update(areas: tuple[str, ...]) -> None:
    """Write every sentence into the .po files; translations that stand are kept, the rest waits empty."""
    templates = collected()
    for locale, wanted in LOCALES.items():
        for area in (one for one in wanted if one in areas):
            catalog = read(locale, area)
            catalog.update(templates[area], no_fuzzy_matching=True, update_creation_date=False)
            catalog.header_comment = f"# {area}: sentences of pages."
            catalog.creation_date = catalog.revision_date = NEVER
            catalog.fuzzy = False
            catalog.project, catalog.version = "Waystation", "1"
            po_path(locale, area).parent.mkdir(parents=True, exist_ok=True)
            with po_path(locale, area).open("wb") as file:
                write_po(file, catalog, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)


def compile_all() -> None:
    """Write the .mo of every folder that has .po files, only when these are newer."""
    for locale in sorted({path.parent.name for path in LOCALE.glob("*/*.po")}):
        target = LOCALE / locale / "LC_MESSAGES" / "messages.mo"
        sources = [po_path(locale, area) for area in AREAS if po_path(locale, area).exists()]
        if target.exists() and all(path.stat().st_mtime <= target.stat().st_mtime for path in sources):
            continue
        merged = Catalog(locale=locale)
        for area in reversed(AREAS):
            for message in read(locale, area):
                if message.id:
                    merged.add(message.id, message.string, context=message.context)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, merged)


def faults() -> Iterator[str]:
    """What is missing, left over, untranslated, fuzzy, or has other placeholders than its source."""
    templates = collected()
    for locale, areas in LOCALES.items():
        for area in areas:
            template = templates[area]
            catalog = read(locale, area)
            name = po_path(locale, area)
            wanted, present = {one.id for one in template if one.id}, {one.id for one in catalog if one.id}
            yield from (f"{name}: missing, run `update`: {message!r}" for message in wanted - present)
            yield from (f"{name}: no longer used, run `update`: {message!r}" for message in present - wanted)
            for message in catalog:
                yield from (f"{name}: {message.id!r}: {fault}" for fault in _faults_of(message, catalog))


def _faults_of(message: Message, catalog: Catalog) -> Iterator[str]:
    if not message.id:
        return
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(texts):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    if any(STRAY.search(text or "") for text in texts):
        yield "a % that begins no placeholder: pages fill in every sentence, so it is written %%"
    for checker in checkers:
        try:
            checker(catalog, message)
        except TranslationError as wrong:
            yield str(wrong)


def main() -> int:
    """Run one command; 1 when `check` finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("update", "compile", "check"))
    parser.add_argument("--area", choices=AREAS, help="update this one only")
    arguments = parser.parse_args()
    command = arguments.command
    if command == "update":
        update((arguments.area,) if arguments.area else AREAS)
    elif command == "compile":
        compile_all()
    else:
        found = list(faults())
        print(*found, sep="\n", file=sys.stderr)
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
