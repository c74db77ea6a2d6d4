"""Faults that a page sees for itself, in the very words in which they would come back from here."""

from collections.abc import Iterator

from chalicelib.domain.errors import FieldError
from chalicelib.intake.definition import Scope
from chalicelib.intake.forms import Form
from chalicelib.intake.sentences import plainly, said_of_item
from chalicelib.intake.texts import Texts

FORESEEN = ("required", "date_incomplete", "contradiction")
"""Left empty, half a date, and both of two that rule each other out: whatever else is wrong takes the validator."""


def foreseen(form: Form, texts: Texts, path: str, group: str) -> dict[str, str]:
    """Sentences by code for the question at ``path``; in an item to copy, ``{number}`` stands for its place."""
    scope, name = (form.groups[group], path.rpartition(".")[2]) if group else (form.scope, path)
    number = _number(path.split(".")[1]) if group else ""
    return {
        code: said_of_item(texts, group, number, plainly(form, texts, group, name, FieldError(path, code)))
        for code in FORESEEN
        if code in set(_codes(scope, name))
    }


def _number(index: str) -> str:
    return str(int(index) + 1) if index.isdecimal() else "{number}"


def _codes(scope: Scope, name: str) -> Iterator[str]:
    field = scope.fields[name]
    if field.required and not field.default:
        yield "required"
    if field.type == "date":
        yield "date_incomplete"
    if any(rule.kind == "exactly_one" and rule.fields[0] == name for rule in scope.rules):
        yield from ("required", "contradiction")
