"""The wording of a form in one language: its labels, its dates, and the texts that are signed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from importlib.resources.abc import Traversable

import msgspec

from chalicelib.intake.wording import FieldText, SectionText, Signing, TextFile


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
        if not group:
            return plain
        own = self.file.field.get(f"{group}.{name}", FieldText())
        return FieldText(
            label=own.label or plain.label,
            plain=own.plain,  # plainer words speak to one person
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
