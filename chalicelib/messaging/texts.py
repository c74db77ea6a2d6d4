"""Text messages as they go out: the first wording that fits one segment, so that a single ç never doubles the price.

To a country where a template is registered goes exactly the wording that is registered.
"""

import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from chalicelib.domain.messages import Content
from chalicelib.domain.segments import clean, measure
from chalicelib.messaging import registered
from chalicelib.messaging.registered import Countries
from chalicelib.messaging.wordings import (
    FALLBACK,
    Template,
    TemplateFault,
    filled,
    languages,
    near,
    template,
    used,
    words,
)

__all__ = [
    "compose",
    "drill_word",
    "language_for",
    "language_names",
    "marked",
    "registered_only",
    "render",
    "short_date",
]


def render(event: str, audience: str, language: str, variables: Mapping[str, str]) -> str:
    """The text as it goes out: one segment wherever one of its wordings fits.

    ``variables`` may hold more than the template declares (``name`` masked, ``others`` the number of others in the
    party, ``district``, ``heads``, ``end_date``, ``hotline``, ``code``);
    ``drill`` makes it begin with that word. Raises TemplateFault when one is missing.
    """
    found = template(event, audience, language)
    return fitting(found, values_of(found, variables))


def compose(
    event: str, audience: str, language: str, variables: Mapping[str, str], to: str, known: Countries | None = None
) -> tuple[str, Content | None]:
    """The text for an E.164 number, and the registered template that it is sent as, where there is one.

    ``known`` are the registered templates, else those of the stage. Raises TemplateFault like ``render``.
    """
    found = template(event, audience, language)
    values = values_of(found, variables)
    bound = registered.binding(found, to, known)
    if bound is None or values["drill"]:  # What is registered cannot say that it is a drill.
        return fitting(found, values), None
    wording, plain = found.wordings[bound.wording - 1], {name: clean(value) for name, value in values.items()}
    # A placeholder may not be empty (21656), nor stand beside another: the party goes with the name.
    told = {name: plain[name] + plain["party"] * (name == "name") for name in sorted(used(wording) - {"others"})}
    return filled(wording, plain), Content(bound.content_sid, told)


def registered_only(to: str, known: Countries | None = None) -> bool:
    """Whether nothing but registered templates may go to an E.164 number."""
    return registered.only(to, known)


def values_of(found: Template, variables: Mapping[str, str]) -> dict[str, str]:
    """What a template's placeholders are filled with; raises TemplateFault for a variable that is missing."""
    missing = [name for name in found.variables if name not in variables]
    if missing:
        raise TemplateFault(f"{found.name}: no value for {', '.join(missing)}")
    values = {name: _one_line(str(variables[name])) for name in found.variables}
    drill = drill_word(found.language) if variables.get("drill") else ""
    return {**values, "party": _party(found.language, values.get("others", "0")), "drill": drill}


def fitting(found: Template, values: Mapping[str, str]) -> str:
    """The fullest wording within one segment, else the shortest there is."""
    texts = [clean(values.get("drill", "") + filled(wording, values)) for wording in found.wordings]
    return next((text for text in texts if measure(text).segments == 1), texts[-1])


def language_for(*wishes: str) -> str:
    """The first of these languages that there are texts in, or in one near it; else English."""
    return next((found[0] for wish in wishes if (found := near(wish))), FALLBACK)


def language_names() -> dict[str, str]:
    """The languages of texts by tag, each in its own words."""
    return {language: words(language)["name"] for language in languages()}


def short_date(day: date, language: str) -> str:
    """A calendar date as short as a text needs it: ``7 Dec``, ``12月7日``."""
    known = words(language_for(language))
    return filled(known["date"], {"day": str(day.day), "month": known["months"][day.month - 1]})


@cache
def _drill_words() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "drill.toml").read_text("utf-8"))


def drill_word(language: str) -> str:
    """What a text of a drill begins with."""
    known = _drill_words()
    return known.get(language) or known.get(language.split("-")[0]) or known[FALLBACK]


def marked(text: str, language: str) -> str:
    """A text that says of itself that it is a test."""
    return clean(filled(words(language_for(language))["test"], {"text": text}))


def _party(language: str, others: str) -> str:
    known = words(language)
    return filled(known["party"], {"others": others}) if others not in ("", "0") else str(known["alone"])


def _one_line(value: str) -> str:
    """A value without line breaks, control and direction characters: nobody writes a second line into our texts."""
    spaced = " ".join(value.split())
    return "".join(
        sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or sign in "\u200c\u200d"
    )
