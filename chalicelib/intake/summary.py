"""Answers read back: for checking before they are sent, for the officer's page, and for the printed copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.intake.definition import Scope
from chalicelib.intake.display import Reader, displayed
from chalicelib.intake.forms import Form


@dataclass(frozen=True)
class Row:
    """One answer; ``name`` is its path in the answers."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Part:
    """Rows under one heading: a step of the form (``section``), or one item of a group in it."""

    section: str
    title: str
    rows: tuple[Row, ...]


def summarise(form: Form, language: str, answers: Mapping[str, Any], districts: Mapping[str, str]) -> tuple[Part, ...]:
    """Validated answers in the order of the page; ``districts`` are names by id in ``language``.

    Headings without an answer are left out. A companion's own answers do as well: what only a companion is asked
    (the relation) comes first, under the form's first heading.
    """
    reader = Reader(form.texts(language), districts)
    parts = [part for section in form.sections for part in _parts(form, reader, section.id, section.fields, answers)]
    return _with_companions_rows(form, reader, answers, parts)


def rows(form: Form, language: str, answers: Mapping[str, Any], districts: Mapping[str, str]) -> tuple[Row, ...]:
    """The same as one list."""
    return tuple(row for part in summarise(form, language, answers, districts) for row in part.rows)


def _parts(
    form: Form, reader: Reader, section: str, names: tuple[str, ...], answers: Mapping[str, Any]
) -> Iterator[Part]:
    plain = tuple(name for name in names if name not in form.groups)
    if found := tuple(_rows(form.scope, reader, plain, answers)):
        yield Part(section, reader.texts.section(section).title, found)
    for group in (name for name in names if name in form.groups):
        for index, item in enumerate(answers.get(group, ())):
            scope = form.groups[group]
            found = tuple(_rows(scope, reader, tuple(scope.fields), item, group, f"{group}.{index}."))
            yield Part(section, reader.texts.item(group, index), found)


def _rows(
    scope: Scope, reader: Reader, names: tuple[str, ...], answers: Mapping[str, Any], group: str = "", prefix: str = ""
) -> Iterator[Row]:
    for name in names:
        if name in answers:
            words = reader.texts.field(name, group)
            yield Row(prefix + name, words.label, displayed(answers[name], scope.fields[name], words, reader))


def _with_companions_rows(
    form: Form, reader: Reader, answers: Mapping[str, Any], parts: list[Part]
) -> tuple[Part, ...]:
    scope = form.groups.get("companions")
    if scope is None:
        return tuple(parts)
    theirs = tuple(name for name in scope.fields if name not in form.fields)
    own = tuple(_rows(scope, reader, theirs, answers, "companions"))
    first = form.sections[0].id
    return (Part(first, reader.texts.section(first).title, own), *parts) if own else tuple(parts)
