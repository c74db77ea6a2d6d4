"""Jinja: one environment for each language, strict where we write, lenient inside the component library.

Loaded with the first page: a function that only answers the API starts without it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    ModuleLoader,
    PackageLoader,
    PrefixLoader,
)

from chalicelib.web import labels
from chalicelib.web.catalogues import translations
from chalicelib.web.language import LANGUAGES, direction_of
from chalicelib.web.navigation import navigation
from chalicelib.web.static import static_name

HERE = Path(__file__).parent
COMPILED = HERE / "compiled"
"""Where a package has its templates as Python modules; a checkout has none, and compiles each at its first use."""


OPTIONAL = frozenset({"undefined", "null", "caller"})
"""Names that templates ask after: the library's words for nothing, and whether a macro was given a block."""


class Absent(ChainableUndefined):
    """A missing name fails loudly; a missing key of a mapping is empty, as the component library's options need."""

    def _check(self) -> None:
        optional = isinstance(self._undefined_obj, Mapping) or self._undefined_name in OPTIONAL
        if not optional:
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._check()
        return ""

    def __iter__(self) -> Any:
        self._check()
        return iter(())

    def __bool__(self) -> bool:
        self._check()
        return False

    def __len__(self) -> int:
        self._check()
        return 0

    def __getattr__(self, name: str) -> "Absent":
        if name[:2] == "__":
            raise AttributeError(name)
        self._check()
        return self

    def __getitem__(self, key: Any) -> "Absent":  # type: ignore[override]
        self._check()
        return self


@cache
def environment(language: str) -> Environment:
    """Templates in ``language``; every value is escaped unless marked safe."""
    jinja = Environment(
        loader=ModuleLoader(COMPILED) if COMPILED.is_dir() else _sources(),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        autoescape=True,
        undefined=Absent,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    translate = translations(language).gettext
    jinja.globals.update(language=LANGUAGES[language], static_name=static_name, direction_of=direction_of)
    jinja.globals.update(**labels.functions(translate), **navigation(translate))
    return jinja


def _sources() -> ChoiceLoader:
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return ChoiceLoader([FileSystemLoader(HERE / "templates"), components])


def compile_templates(target: Path) -> None:
    """Write every template of a checkout into ``target`` as a Python module; the same for all languages.

    Raises TemplateSyntaxError.
    """
    jinja = environment("en")
    jinja.compile_templates(target, zip=None, ignore_errors=False)


def render(template: str, language: str, **values: Any) -> str:
    """The page as text. Raises UndefinedError for a name that the template needs and nobody gave."""
    return environment(language).get_template(template).render(**values)
