"""The languages of a form beside each other: all that pages speak, and every one says what the first one says."""

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from chalicelib.web.language import LANGUAGES
from tools.form_files import Source, read

OF_ONE_LANGUAGE = ("hint", "plain")
"""Where a question is clear as it is put in a language, it needs neither."""
LONGEST_ALIKE = 3
"""Words: a longer text that is the same in two languages was not translated."""
FACTS = {"days", "hotline"}
"""What an explanation may leave to its point."""
Keys = tuple[str, ...]


def check_spoken(source: Source, languages: tuple[str, ...]) -> None:
    """The newest version of a form speaks every language of the pages; older ones those of their time."""
    for tag in LANGUAGES:
        if tag not in languages:
            source.blame(f'pages speak "{tag}", this form does not', "languages")


def check_countries(forms: Path) -> Iterator[Source]:
    """The names of countries in every language of the pages."""
    first = read(forms / "countries" / "en.toml")
    for tag in LANGUAGES:
        source = read(forms / "countries" / f"{tag}.toml")
        missing = sorted(first.raw.keys() - source.raw.keys()) if not source.faults else []
        for code in missing:
            source.blame(f'no name for "{code}"')
        yield source


def check_explanations(forms: Path) -> Iterator[Source]:
    """What travellers ask, and what a point answers in its own way: the same in every language of the pages."""
    root = forms / "explanations"
    for folder in (root, *sorted(path for path in root.iterdir() if path.is_dir())):
        sources = {tag: read(folder / f"{tag}.toml") for tag in LANGUAGES}
        first = sources["en"]
        for source in sources.values():
            if source is not first and not source.faults and not first.faults:
                check_alike(source, first)
            yield _filled(source)


def _filled(source: Source) -> Source:
    for keys, text in _texts(source.raw) if not source.faults else ():
        for hole in sorted(holes(str(text)) - FACTS):
            source.blame(f"nothing fills in {{{hole}}}", *keys)
    return source


def check_alike(source: Source, first: Source) -> None:
    """The same things are said, translated, with the same placeholders; some may be in one language alone."""
    here, there = dict(_texts(source.raw)), dict(_texts(first.raw))
    for keys in sorted(there.keys() - here.keys()):
        if keys[-1] not in OF_ONE_LANGUAGE:
            source.blame(f"{first.path.name} has {' / '.join(keys)}, this file has not", *keys)
    for keys in sorted(here.keys() - there.keys()):
        if keys[-1] not in OF_ONE_LANGUAGE:
            source.blame(f"{first.path.name} has no {' / '.join(keys)}", *keys)
    for keys in sorted(here.keys() & there.keys()):
        _text(source, keys, str(here[keys]), str(there[keys]))


def _text(source: Source, keys: Keys, ours: str, theirs: str) -> None:
    if not ours.strip():
        source.blame(f"{' / '.join(keys)} is empty", *keys)
    if holes(ours) != holes(theirs):
        source.blame(f"{' / '.join(keys)} has other placeholders than in the first language", *keys)
    if ours == theirs and len(ours.split()) > LONGEST_ALIKE:
        source.blame(f"{' / '.join(keys)} is not translated", *keys)


def holes(text: str) -> set[str]:
    """The placeholders of a text; none of one whose braces do not fit, which is another fault."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set()


def _texts(table: Mapping[str, Any], above: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _texts(value, (*above, key))
        else:
            yield (*above, key), value
