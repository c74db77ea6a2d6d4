"""A page posts flat pairs, the validator wants nested answers: there and back.

Names are paths: ``companions.0.family_name``, ``date_of_birth.day``, ``symptoms`` once for each box. Names that begin
with ``_`` are the page's own and none of the form's. What was left empty is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.intake.definition import Scope
from chalicelib.intake.forms import Form
from chalicelib.intake.types import TYPES
from chalicelib.intake.types.dates import PARTS
from chalicelib.intake.validate import is_blank

MOST_PAIRS = 1_500
"""Eight companions who tick every box post about 450."""
TICKED = "true"
_DEEPEST = 4

Pairs = Iterable[tuple[str, str]]


def nest(form: Form, pairs: Pairs) -> dict[str, Any]:
    """Posted pairs as nested answers, not yet validated; raises Invalid when there are more than any form has."""
    mine = [(name, value) for name, value in pairs if not name.startswith("_")]
    if len(mine) > MOST_PAIRS:
        raise Invalid((FieldError("answers", "too_many_fields", {"max": str(MOST_PAIRS)}),))
    answers: dict[str, Any] = {}
    items: dict[str, dict[int, dict[str, Any]]] = {}
    for name, value in mine:
        group, index, rest = _split(form, name)
        scope = form.groups[group] if group else form.scope
        target = items.setdefault(group, {}).setdefault(index, {}) if group else answers
        if not _put(scope, target, rest, value):
            answers[name] = value
    return answers | {group: _filled(form.groups[group], found) for group, found in items.items()}


def flatten(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Nested answers as pairs, for hidden fields; ``nest`` gives the same answers back."""
    return [pair for name, value in answers.items() for pair in _pairs(name, value, _DEEPEST)]


def without_item(pairs: Pairs, path: str) -> list[tuple[str, str]]:
    """The pairs without one item of a group, such as ``companions.1``: what a button to remove it asks for."""
    return [(name, value) for name, value in pairs if not name.startswith(f"{path}.")]


def _split(form: Form, name: str) -> tuple[str, int, str]:
    group, _, rest = name.partition(".")
    index, _, field = rest.partition(".")
    if group in form.groups and field and len(index) <= 3 and index.isascii() and index.isdigit():
        return group, int(index), field
    return "", 0, name


def _put(scope: Scope, answers: dict[str, Any], path: str, value: str) -> bool:
    """Put one posted value where it belongs; False when the scope has no such field."""
    name, _, part = path.partition(".")
    if name not in scope.fields or scope.fields[name].type == "group":
        return False
    shape = TYPES[scope.fields[name].type].shape
    if part and not (shape == "date" and part in PARTS):
        return False
    if not is_blank(value):
        _keep(answers, name, part, shape, value)
    return True


def _keep(answers: dict[str, Any], name: str, part: str, shape: str, value: str) -> None:
    if part:
        parts = answers.get(name)
        answers[name] = {**(parts if isinstance(parts, dict) else {}), part: value}
    elif shape == "many":
        answers.setdefault(name, []).append(value)
    else:
        answers[name] = True if shape == "true" and value == TICKED else value


def _filled(scope: Scope, items: Mapping[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """The items in order, without those where nothing but what the page had chosen beforehand came back."""
    preset = {name for name, field in scope.fields.items() if field.preset}
    return [item for _, item in sorted(items.items()) if set(item) - preset]


def _pairs(name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if value is True:
        yield name, TICKED
    elif isinstance(value, str | int) and value is not False:
        yield name, str(value)
    elif isinstance(value, Mapping) and depth:
        for key, inner in value.items():
            yield from _pairs(f"{name}.{key}", inner, depth - 1)
    elif isinstance(value, list) and depth:
        for index, inner in enumerate(value):
            yield from _pairs(f"{name}.{index}" if isinstance(inner, Mapping) else name, inner, depth - 1)
