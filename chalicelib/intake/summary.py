"""Answers read back: for checking before they are sent, for the officer's page, and for the printed copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.intake.definition import Scope, Section
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

    Headings without an answer are left out. A companion's own answers do as well: they are read back in the words of
    the group, and what only a companion is asked (the relation) comes first.
    """
    reader, group = Reader(form.texts(language), districts), _whose(form, answers)
    parts = [part for section in form.sections for part in _parts(form, reader, section, answers, group)]
    return (*_only_theirs(form, reader, answers, group), *parts)


def rows(form: Form, language: str, answers: Mapping[str, Any], districts: Mapping[str, str]) -> tuple[Row, ...]:
    """The same as one list."""
    return tuple(row for part in summarise(form, language, answers, districts) for row in part.rows)


def _whose(form: Form, answers: Mapping[str, Any]) -> str:
    """The group that these answers are one item of, told by a question that only the group has; else empty."""
    fitting = [name for name, scope in form.groups.items() if not answers.keys().isdisjoint(_own_names(form, scope))]
    return max(fitting, key=lambda name: len(answers.keys() & form.groups[name].fields.keys()), default="")


def _own_names(form: Form, scope: Scope) -> tuple[str, ...]:
    return tuple(name for name in scope.fields if name not in form.fields)


def _only_theirs(form: Form, reader: Reader, answers: Mapping[str, Any], group: str) -> Iterator[Part]:
    if group:
        scope, first = form.groups[group], form.sections[0].id
        own = tuple(_rows(scope, reader, _own_names(form, scope), answers, group))
        yield Part(first, reader.texts.section(first).title, own)


def _parts(form: Form, reader: Reader, section: Section, answers: Mapping[str, Any], whose: str) -> Iterator[Part]:
    plain = tuple(name for name in section.fields if name not in form.groups)
    if found := tuple(_rows(form.scope, reader, plain, answers, whose)):
        yield Part(section.id, reader.texts.section(section.id).title, found)
    for group in (name for name in section.fields if name in form.groups):
        for index, item in enumerate(answers.get(group, ())):
            scope = form.groups[group]
            found = tuple(_rows(scope, reader, tuple(scope.fields), item, group, f"{group}.{index}."))
            yield Part(section.id, reader.texts.item(group, index), found)


def _rows(
    scope: Scope, reader: Reader, names: tuple[str, ...], answers: Mapping[str, Any], group: str = "", prefix: str = ""
) -> Iterator[Row]:
    for name in names:
        if name in answers:
            words, other = reader.texts.field(name, group), scope.other(name)
            if scope.fields[name].type == "flag" and other:
                # "None of these" is the answer to the question that it stands beside.
                yield Row(prefix + name, reader.texts.field(other, group).label, words.label)
            else:
                yield Row(prefix + name, words.label, displayed(answers[name], scope.fields[name], words, reader))
