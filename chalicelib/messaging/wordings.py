"""The files that texts are written in: one for an event, audience and language, and the words of each language.

A file's first line declares its version and variables; then come wordings from the fullest to the shortest,
``---`` between them. ``{party}`` follows ``{name}``: both together are who a text is about.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.domain.errors import WaystationError

FOLDER = Path(__file__).parent / "templates"
FALLBACK = "en"
DERIVED = {"party": "others"}
"""Placeholders that are composed from a declared variable, by the language's own words."""

_TRADITIONAL = frozenset({"TW", "HK", "MO"})
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_HEADER = re.compile(r"version=(\d+) variables=(\w+(?:,\w+)*)")


class TemplateFault(WaystationError):
    """A template that does not exist, is malformed, or was not given a variable that it declares."""

    code = "template_fault"


@dataclass(frozen=True)
class Template:
    """One file: ``language`` is the one it is written in, which may be a fallback for the one asked."""

    event: str
    audience: str
    language: str
    version: int
    variables: tuple[str, ...]
    wordings: tuple[str, ...]

    @property
    def name(self) -> str:
        """How rows and lists call it: ``dispatched/family``."""
        return f"{self.event}/{self.audience}"


def template(event: str, audience: str, language: str) -> Template:
    """The template for a language, else the nearest to it, else English; raises TemplateFault when there is none."""
    for candidate in (*near(language), FALLBACK):
        found = _read(event, audience, candidate)
        if found:
            return found
    raise TemplateFault(f"{event}/{audience}: no such template")


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Event and audience of every text, sorted."""
    paths = FOLDER.glob("*/*.*.txt")
    return tuple(sorted({(path.parent.name, path.name.split(".")[0]) for path in paths}))


@cache
def languages() -> tuple[str, ...]:
    """The languages that texts are written in."""
    return tuple(sorted(path.stem for path in (FOLDER / "words").glob("*.toml")))


@cache
def words(language: str) -> Mapping[str, Any]:
    """What a language's texts are composed with; its ``name`` is its own for itself."""
    return tomllib.loads((FOLDER / "words" / f"{language}.toml").read_text("utf-8"))


def near(language: str) -> tuple[str, ...]:
    """The languages of texts that a reader of ``language`` reads, the nearest first; empty when there is none."""
    parts = language.split("-")
    wider = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    if parts[0] == "zh":
        wider += ["zh-Hant", "zh-Hans"] if _TRADITIONAL.intersection(parts) else ["zh-Hans"]
    # Only languages that exist: what a contact asked for never becomes a path.
    return tuple(candidate for candidate in dict.fromkeys(wider) if candidate in languages())


@cache
def _read(event: str, audience: str, language: str) -> Template | None:
    path = FOLDER / event / f"{audience}.{language}.txt"
    return parse(path.read_text("utf-8"), event, audience, language) if path.is_file() else None


def parse(content: str, event: str, audience: str, language: str) -> Template:
    """A template file's content; raises TemplateFault for a bad header, a stray brace or an undeclared placeholder."""
    first, _, rest = content.partition("\n")
    header = _HEADER.fullmatch(first.strip())
    if header is None:
        raise TemplateFault(f"{event}/{audience}.{language}: the first line must declare version and variables")
    variables = tuple(header[2].split(","))
    wordings = tuple(wording.strip("\n") for wording in rest.split("\n---\n"))
    for wording in wordings:
        _check(wording, variables, f"{event}/{audience}.{language}")
    return Template(event, audience, language, int(header[1]), variables, wordings)


def _check(wording: str, variables: tuple[str, ...], where: str) -> None:
    if not wording or "\n" in wording or "{" in _PLACEHOLDER.sub("", wording):
        raise TemplateFault(f"{where}: a wording is one line, with braces for variables only")
    if not used(wording) <= set(variables):
        raise TemplateFault(f"{where}: not declared: {', '.join(sorted(used(wording) - set(variables)))}")
    if "{party}" in wording.replace("{name}{party}", ""):
        raise TemplateFault(f"{where}: the party stands behind the name")


def used(wording: str) -> set[str]:
    """The variables that a wording needs."""
    return {DERIVED.get(name, name) for name in _PLACEHOLDER.findall(wording)}


def filled(wording: str, values: Mapping[str, str]) -> str:
    """A wording with its values. One pass: braces inside a value are text, never a placeholder."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], wording)
