"""What answers owe each other: one function for each kind of rule in form.toml."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chalicelib.domain.errors import FieldError
from chalicelib.intake.definition import Rule, Scope
from chalicelib.intake.types import phones

Values = Mapping[str, Any]
Faults = Iterator[tuple[str, str]]


def _exactly_one(values: Values, first: str, second: str) -> Faults:
    if bool(values.get(first)) == bool(values.get(second)):
        yield first, "contradiction" if values.get(first) else "required"


def _not_before(values: Values, start: str, end: str) -> Faults:
    if start in values and end in values and values[end] < values[start]:
        yield end, "before_start"


def _receives_texts(values: Values, phone: str, reach: str) -> Faults:
    if values.get(reach) == "text" and phone in values and not phones.receives_texts(values[phone]):
        yield phone, "landline"


def _together(values: Values, first: str, second: str) -> Faults:
    if (first in values) != (second in values):
        yield second if first in values else first, "required"


def _distinct(values: Values, group: str, *names: str) -> Faults:
    """No item of ``group`` has the same ``names`` as another, or as the form itself: each person's own document."""
    seen = {_key(values, names)}
    for index, item in enumerate(values.get(group, ())):
        key = _key(item, names)
        if key is not None and key in seen:
            yield f"{group}.{index}.{names[-1]}", "repeated"
        seen.add(key)


def _key(values: Values, names: tuple[str, ...]) -> tuple[Any, ...] | None:
    return tuple(values[name] for name in names) if all(name in values for name in names) else None


RULES: dict[str, Callable[..., Faults]] = {
    "distinct": _distinct,
    "exactly_one": _exactly_one,
    "not_before": _not_before,
    "receives_texts": _receives_texts,
    "together": _together,
}
CODES: dict[str, tuple[frozenset[str], ...]] = {
    "distinct": (),
    "exactly_one": (frozenset({"contradiction", "required"}),),
    "not_before": (frozenset(), frozenset({"before_start"})),
    "receives_texts": (frozenset({"landline"}),),
    "together": (frozenset({"required"}), frozenset({"required"})),
}
"""What each kind may say of its first field, its second, and so on."""
ITEM_CODES: dict[str, frozenset[str]] = {"distinct": frozenset({"repeated"})}
"""What a kind may say of its last field inside the group that is its first."""


def check(scope: Scope, values: Values, refused: set[str], prefix: str) -> Iterator[FieldError]:
    """The faults between answers; a rule is silent while one of its fields is already at fault."""
    for rule in scope.rules:
        if refused.isdisjoint(rule.fields):
            yield from (FieldError(prefix + name, code) for name, code in _faults(rule, values))


def _faults(rule: Rule, values: Values) -> Faults:
    return RULES[rule.kind](values, *rule.fields)
