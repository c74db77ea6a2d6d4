"""Which language a page speaks, and the chooser that keeps the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

COOKIE = "ws_language"
LONGEST_TAG = 35
"""RFC 5646: room for every tag that means something. A wish comes from an address, of any length."""


@dataclass(frozen=True)
class Language:
    """``tag`` is BCP 47; ``catalogue`` the folder below locale/, empty for the source's own language."""

    tag: str
    name: str
    direction: str = "ltr"
    catalogue: str = ""


LANGUAGES: Mapping[str, Language] = {
    "en": Language("en", "English"),
    "zh-Hans": Language("zh-Hans", "简体中文", catalogue="zh_Hans"),
}
DEFAULT = "en"


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
    """zh-CN, zh-SG and plain zh read zh-Hans; so, for want of nearer, does zh-Hant."""
    exact = {tag.lower(): tag for tag in tags}
    parts = wish.strip()[:LONGEST_TAG].lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        if found := exact.get("-".join(parts[:length])):
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


def chooser(address: str, query: Mapping[str, str], current: str) -> tuple[Choice, ...]:
    """Links to the same page in each language; ``address`` is the page's own, prefix included."""
    kept = {name: value for name, value in query.items() if name != "lang"}
    return tuple(
        Choice(language, f"{address}?{urlencode({**kept, 'lang': tag})}", tag == current)
        for tag, language in LANGUAGES.items()
    )
