"""Forms, read once from the package ``forms`` (a folder here, the contents of vendor/ in Lambda)."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from chalicelib.domain.errors import NotFound
from chalicelib.intake.definition import Field, FormFile, Scope, Section, scope_of
from chalicelib.intake.texts import SignedText, Texts, read_texts


class Form:
    """One version of a form. ``scope`` holds its own questions, ``groups`` those of each repeated group."""

    def __init__(self, file: FormFile, folder: Traversable) -> None:
        self.id, self.version, self.use, self.languages = file.id, file.version, file.use, file.languages
        self.sections: tuple[Section, ...] = file.section
        self.definitions = file.field
        self.lines = file.lines
        self.scope: Scope = scope_of(file, tuple(name for section in file.section for name in section.fields))
        self.groups: dict[str, Scope] = {
            name: scope_of(file, field.fields, name)
            for name, field in self.scope.fields.items()
            if field.type == "group"
        }
        self._folder = folder
        self._texts: dict[str, Texts] = {}

    @property
    def fields(self) -> dict[str, Field]:
        """The form's own questions by name, in the order of the page."""
        return self.scope.fields

    def texts(self, language: str) -> Texts:
        """The wording in ``language``, else in the form's first language."""
        spoken = language if language in self.languages else self.languages[0]
        if spoken not in self._texts:  # each with its first reader: a cold function answers in one language
            self._texts[spoken] = read_texts(self._folder, spoken)
        return self._texts[spoken]

    def signed_texts(self, language: str) -> dict[str, SignedText]:
        """The texts that the traveller signs: ``commitment`` and ``consent``."""
        return dict(self.texts(language).signed_texts)


@cache
def current(form_id: str) -> Form:
    """The version of a form that pages hand out, as forms/current.toml says; raises NotFound("form")."""
    versions = tomllib.loads((files("forms") / "current.toml").read_text("utf-8"))
    return load(form_id, versions.get(form_id, 0))


@cache
def load(form_id: str, version: int) -> Form:
    """The form; raises NotFound("form") when there is no such form or version."""
    folder = files("forms") / str(form_id) / f"v{version}"
    if not re.fullmatch(r"[a-z][a-z_]{0,40}", str(form_id)) or not (folder / "form.toml").is_file():
        raise NotFound("form", f"{form_id}/{version}")
    file = msgspec.convert(tomllib.loads((folder / "form.toml").read_text("utf-8")), FormFile)
    return Form(file, folder)
