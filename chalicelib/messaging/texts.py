"""The wording of text messages: one file for an event, audience and language.

A file's first line declares its version and variables; then come wordings from the fullest to the shortest,
``---`` between them. The first that fits one segment is sent, so that a single ç never doubles the price.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.domain.errors import WaystationError
from chalicelib.domain.segments import clean, measure

FOLDER = Path(__file__).parent / "templates"
FALLBACK = "en"
DERIVED = {"party": "others"}
"""Placeholders that are composed from a declared variable, by the language's own words."""

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


def render(event: str, audience: str, language: str, variables: Mapping[str, str]) -> str:
    """The text as it goes out: one segment wherever one of its wordings fits.

    ``variables`` may hold more than the template declares (``name`` masked, ``others`` the number of others in the
    party, ``district``, ``heads``, ``end_date``, ``hotline``, ``code``);
    ``drill`` makes it begin with that word. Raises TemplateFault when one is missing.
    """
    found = template(event, audience, language)
    missing = [name for name in found.variables if name not in variables]
    if missing:
        raise TemplateFault(f"{found.name}: no value for {', '.join(missing)}")
    values = {name: _one_line(str(variables[name])) for name in found.variables}
    values["party"] = _party(found.language, values.get("others", "0"))
    drill = drill_word(found.language) if variables.get("drill") else ""
    texts = [clean(drill + _filled(wording, values)) for wording in found.wordings]
    return next((text for text in texts if measure(text).segments == 1), texts[-1])


def template(event: str, audience: str, language: str) -> Template:
    """The template for a language, else the nearest to it, else English; raises TemplateFault when there is none."""
    for candidate in _candidates(language):
        found = _read(event, audience, candidate)
        if found:
            return found
    raise TemplateFault(f"{event}/{audience}: no such template")


def short_date(day: date, language: str) -> str:
    """A calendar date as short as a text needs it: ``7 Dec``, ``12月7日``."""
    words = _words(_candidates(language)[0])
    return _filled(words["date"], {"day": str(day.day), "month": words["months"][day.month - 1]})


@cache
def _drill_words() -> dict[str, str]:
    return tomllib.loads((FOLDER.parent / "drill.toml").read_text("utf-8"))


def drill_word(language: str) -> str:
    """What a text of a drill begins with."""
    words = _drill_words()
    return words.get(language) or words.get(language.split("-")[0]) or words[FALLBACK]


@cache
def languages() -> tuple[str, ...]:
    """The languages that texts are written in."""
    return tuple(sorted(path.stem for path in (FOLDER / "words").glob("*.toml")))


def _candidates(language: str) -> tuple[str, ...]:
    # Only languages that exist: what a contact asked for never becomes a path.
    base = language.split("-")[0]
    near = (language, base, "zh-Hans", FALLBACK) if base == "zh" else (language, base, FALLBACK)
    return tuple(candidate for candidate in near if candidate in languages())


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
    used = {DERIVED.get(name, name) for name in _PLACEHOLDER.findall(wording)}
    if not wording or "\n" in wording or "{" in _PLACEHOLDER.sub("", wording):
        raise TemplateFault(f"{where}: a wording is one line, with braces for variables only")
    if not used <= set(variables):
        raise TemplateFault(f"{where}: not declared: {', '.join(sorted(used - set(variables)))}")


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "words" / f"{language}.toml").read_text("utf-8"))


def _party(language: str, others: str) -> str:
    return _filled(_words(language)["party"], {"others": others}) if others not in ("", "0") else ""


def _filled(wording: str, values: Mapping[str, str]) -> str:
    # One pass: braces inside a value are text, never a placeholder.
    return _PLACEHOLDER.sub(lambda match: values[match[1]], wording)


def _one_line(value: str) -> str:
    """A value without line breaks, control and direction characters: nobody writes a second line into our texts."""
    spaced = " ".join(value.split())
    return "".join(
        sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or sign in "\u200c\u200d"
    )
