"""A form as travellers get it, in files that any browser opens: in each language empty, all at fault, and on paper."""

import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.places import Point
from chalicelib.intake.beside import Beside
from chalicelib.intake.forms import Form
from chalicelib.intake.validate import validate
from chalicelib.web.cookies import Jar
from chalicelib.web.forms import Posted
from chalicelib.web.language import DEFAULT, LANGUAGES
from chalicelib.web.rendering import render
from chalicelib.web.static import STATIC
from chalicelib.web.traveller.blanks import blank
from chalicelib.web.traveller.sheet import Sheet
from chalicelib.web.visit import Visit
from infra.reference.load import districts, points

_ASSET = re.compile(r'"/static/([\w.-]+)\?v=\w+"')
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)


def write_preview(form: Form, folder: Path) -> tuple[Path, ...]:
    """Write the pages, and beside them the styles and scripts that they use; answers the pages."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(STATIC, folder / "static")
    written = []
    for name, page in _pages(form):
        written.append(folder / name)
        written[-1].write_text(_ASSET.sub(r'"static/\1"', page), encoding="utf-8")
    return tuple(written)


def _pages(form: Form) -> Iterator[tuple[str, str]]:
    for language in form.languages:
        sheet = _sheet(form, language)
        yield f"{language}.html", _page(sheet, ())
        yield f"{language}-errors.html", _page(sheet, _every_fault(sheet))
        yield f"{language}-print.html", _rendered("traveller/blank.html", sheet, **blank(_visit(language), sheet))


def _page(sheet: Sheet, errors: tuple[FieldError, ...]) -> str:
    slots = dict.fromkeys(sheet.form.groups, 1)
    return _rendered(
        "traveller/preview.html", sheet, problems=sheet.problems(errors), pages=_links(sheet.form),
        sections=sheet.sections({name: [{}] for name in slots} if errors else {}, errors, slots, Beside(lines={})),
    )  # fmt: skip


def _rendered(template: str, sheet: Sheet, **values: Any) -> str:
    """A page in the sheet's language; its frame in English where pages do not speak it yet."""
    spoken = sheet.language if sheet.language in LANGUAGES else DEFAULT
    return render(template, spoken, visit=_visit(spoken), notice=None, sheet=sheet, **values)


def _links(form: Form) -> list[tuple[str, str]]:
    """The other pages of the preview, by what their links say."""
    named = [(LANGUAGES[tag].name if tag in LANGUAGES else tag, tag) for tag in form.languages]
    return [
        (name + mark, f"{tag}{file}.html")
        for name, tag in named
        for mark, file in (("", ""), (" !", "-errors"), (" A4", "-print"))
    ]


def _every_fault(sheet: Sheet) -> tuple[FieldError, ...]:
    """What an answerer gets who answers nothing, and names one of each group."""
    nothing: Mapping[str, Any] = {name: [{}] for name in sheet.form.groups}
    try:
        validate(sheet.form, nothing, sheet.context_on(NOW.date()))
    except Invalid as invalid:
        return invalid.errors
    return ()


def _sheet(form: Form, language: str) -> Sheet:
    names = {one.district: one.name(language) for one in districts(examples=False)}
    return Sheet(_point(), form, language, names, also={}, base="")


def _point() -> Point:
    return next(iter(points()))


def _visit(language: str) -> Visit:
    return Visit(
        method="GET", path="/", query={}, form=Posted([]), headers={}, cookies=Jar(https=False).read(""), actor=None,
        language=language, prefix="", public_base="http://127.0.0.1:8000", now=NOW, stored=False,
    )  # fmt: skip
