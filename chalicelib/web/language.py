"""Which language a page speaks, and the chooser that keeps the page."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

LOCALE = Path(__file__).parent.parent / "locale"
COOKIE = "ws_language"
LONGEST_TAG = 35
"""RFC 5646: room for every tag that means something. A wish comes from an address, of any length."""
DEFAULT = "en"
"""The source: its sentences stand in templates and code."""


@dataclass(frozen=True)
class Language:
    """An entry of languages.toml: ``tag`` is BCP 47, ``also`` other ways to ask for it."""

    tag: str
    name: str
    direction: str = "ltr"
    also: tuple[str, ...] = ()
    officers: bool = False

    @property
    def catalogue(self) -> str:
        """The folder below locale/, as gettext calls it; empty for the source's own language."""
        return "" if self.tag == DEFAULT else self.tag.replace("-", "_")


def _read() -> Mapping[str, Language]:
    entries = tomllib.loads((LOCALE / "languages.toml").read_text("utf-8"))
    return {tag: Language(tag, **{**entry, "also": tuple(entry.get("also", ()))}) for tag, entry in entries.items()}


LANGUAGES = _read()
OFFICERS = tuple(tag for tag, language in LANGUAGES.items() if language.officers)
"""What officers' pages and the API speak."""


def spoken(tags: Iterable[str]) -> tuple[Language, ...]:
    """Those of ``tags`` that pages and forms speak: a point may name a language before there is one."""
    return tuple(LANGUAGES[tag] for tag in tags if tag in LANGUAGES)


def direction_of(tag: str) -> str:
    """``ltr`` or ``rtl``: of a text that is shown inside a page of another language."""
    return LANGUAGES[tag].direction if tag in LANGUAGES else "ltr"


def choose(*wishes: str | None, accepted: str = "", offered: Iterable[str] = LANGUAGES) -> str:
    """The first wish that is offered, else the best of an Accept-Language header, else English."""
    tags = tuple(offered)
    for wish in wishes:
        if wish and (found := _nearest(wish, tags)):
            return found
    for wish in _by_preference(accepted):
        if found := _nearest(wish, tags):
            return found
    return DEFAULT if DEFAULT in tags else tags[0]


def _nearest(wish: str, tags: tuple[str, ...]) -> str | None:
    """The tag itself, else one that is also asked for so, else a wider one; zh-CN and plain zh read zh-Hans.

    Of two that share their first part the first is read: zh-Hans by who wishes zh-Hant where there is none.
    """
    known = {other.lower(): tag for tag in tags for other in (tag, *LANGUAGES[tag].also)}
    parts = wish.strip()[:LONGEST_TAG].lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        if found := known.get("-".join(parts[:length])):
            return found
    return next((tag for tag in tags if tag.lower().split("-")[0] == parts[0]), None)


def _by_preference(accepted: str) -> list[str]:
    weighted = []
    for place, part in enumerate(accepted[:500].split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if tag and tag != "*" and weight > 0:
            weighted.append((-weight, place, tag))
    return [tag for _, _, tag in sorted(weighted)]


@dataclass(frozen=True)
class Choice:
    """One entry of the chooser."""

    language: Language
    href: str
    current: bool


def chooser(address: str, query: Mapping[str, str], current: str, offered: Iterable[str]) -> tuple[Choice, ...]:
    """Links to the same page in each language; ``address`` is the page's own, prefix included."""
    kept = {name: value for name, value in query.items() if name != "lang"}
    return tuple(
        Choice(LANGUAGES[tag], f"{address}?{urlencode({**kept, 'lang': tag})}", tag == current) for tag in offered
    )
