"""Templates registered with the provider: which texts have an id there, by country, and where nothing else may go."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from chalicelib.messaging.wordings import Template

FILE = Path(__file__).parent / "registered.toml"
SID = re.compile(r"HX[0-9a-fA-F]{32}")


@dataclass(frozen=True, kw_only=True)
class Binding:
    """``content_sid`` is the provider's id of one wording (the first is 1) of one version of a template."""

    content_sid: str
    version: int
    wording: int = 1


@dataclass(frozen=True)
class Country:
    """``templates`` by ``event/audience/language``; ``registered_only`` None is as soon as there is one."""

    templates: Mapping[str, Binding] = field(default_factory=dict)
    registered_only: bool | None = None


Countries = Mapping[str, Country]
"""By the beginning of an E.164 number, such as ``+86``."""


def parse(content: str) -> Countries:
    """The file's content; raises msgspec.ValidationError for a binding that is incomplete, ValueError for bad TOML."""
    return msgspec.convert(tomllib.loads(content), dict[str, Country])


@cache
def countries() -> Countries:
    """What is registered for this stage."""
    return parse(FILE.read_text("utf-8"))


def country(to: str, known: Countries | None = None) -> Country:
    """What the longest known beginning of a number says."""
    known = countries() if known is None else known
    beginnings = (to[:length] for length in range(len(to), 1, -1))
    return next((known[start] for start in beginnings if start in known), Country())


def only(to: str, known: Countries | None = None) -> bool:
    """Whether unregistered texts are kept from a number: once a template is bound to its country, all are,
    unless the country says that others may go there too."""
    found = country(to, known)
    return bool(found.templates) if found.registered_only is None else found.registered_only


def binding(found: Template, to: str, known: Countries | None = None) -> Binding | None:
    """The registration of a template for a number; None when there is none, or when it is of another version."""
    bound = country(to, known).templates.get(f"{found.name}/{found.language}")
    return bound if bound and bound.version == found.version and bound.wording <= len(found.wordings) else None
