"""The wording of a form in one language: its labels, its sentences for faults, and the texts that are signed."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.domain.errors import FieldError
from chalicelib.intake.wording import FieldText, SectionText, Signing, TextFile

if TYPE_CHECKING:
    from chalicelib.intake.forms import Form

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class SignedText:
    """A text as signed; ``digest`` is the SHA-256 of its UTF-8, in hexadecimal."""

    version: str
    digest: str
    text: str


@dataclass(frozen=True)
class Texts:
    """The wording in ``language``."""

    language: str
    file: TextFile

    def field(self, name: str, group: str = "") -> FieldText:
        """The words of a field; inside a group its own where it has some, else those of the form's field."""
        plain = self.file.field.get(name, FieldText())
        own = self.file.field.get(f"{group}.{name}") if group else None
        if own is None:
            return plain
        return FieldText(
            label=own.label or plain.label,
            thing=own.thing or plain.thing,
            hint=own.hint or plain.hint,
            choices=plain.choices | own.choices,
            errors=plain.errors | own.errors,
        )

    def section(self, section_id: str) -> SectionText:
        """A step's words."""
        return self.file.section[section_id]

    def item(self, group: str, index: int) -> str:
        """The heading of one item of a group, counted from 0."""
        return self.file.group[group].item.format(number=index + 1)

    def date(self, iso: str) -> str:
        """``2026-12-06`` with its month by name."""
        day = date.fromisoformat(iso)
        return self.file.common.date.format(day=day.day, month=self.file.common.months[day.month - 1], year=day.year)

    @cached_property
    def signed_texts(self) -> Mapping[str, SignedText]:
        """By name: what is signed, with its version and digest."""
        return {name: _signed(text) for name, text in self.file.signed.items()}


def _signed(signing: Signing) -> SignedText:
    text = signing.text.strip()
    return SignedText(signing.version, sha256(text.encode()).hexdigest(), text)


def read_texts(folder: Traversable, language: str) -> Texts:
    """The text file of a language beside form.toml."""
    return Texts(language, msgspec.convert(tomllib.loads((folder / f"{language}.toml").read_text("utf-8")), TextFile))


def sentence(form: "Form", language: str, error: FieldError) -> str:
    """What is wrong and what to do, in ``language``; a code without a sentence gets the general one."""
    texts = form.texts(language)
    group, index, name = split_path(form, error.field)
    words = texts.field(name, group)
    template = _template(form, texts, group, name, error.code)
    said = template.format_map(_Params(texts, words.thing or error.field, error.params))
    return texts.file.group[group].sentence.format(sentence=said, number=index + 1) if group else said


def split_path(form: "Form", path: str) -> tuple[str, int, str]:
    """``companions.1.seat`` as group, index and name; outside a group the group is empty and the index 0."""
    group, _, rest = path.partition(".")
    index, _, name = rest.partition(".")
    if group in form.groups and index.isdecimal() and name:
        return group, int(index), name
    return "", 0, path.partition(".")[0] if group in form.fields else path


def _template(form: "Form", texts: Texts, group: str, name: str, code: str) -> str:
    scope = form.groups[group] if group else form.scope
    kind = scope.fields[name].type if name in scope.fields else ""
    file = texts.file
    for place in (texts.field(name, group).errors, file.error_of.get(kind, {}), file.error):
        if code in place:
            return place[code]
    return file.error["refused"]


class _Params(dict[str, Any]):
    """Fills a sentence: dates with their month by name, and a gap where a parameter is missing, never an exception."""

    def __init__(self, texts: Texts, thing: str, params: Mapping[str, str]) -> None:
        shown = {key: texts.date(value) if _ISO_DATE.fullmatch(value) else value for key, value in params.items()}
        super().__init__(shown, thing=thing)

    def __missing__(self, key: str) -> str:
        return "…"
