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


RULES: dict[str, Callable[[Values, str, str], Faults]] = {
    "exactly_one": _exactly_one,
    "not_before": _not_before,
    "receives_texts": _receives_texts,
    "together": _together,
}
CODES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "exactly_one": (frozenset({"contradiction", "required"}), frozenset()),
    "not_before": (frozenset(), frozenset({"before_start"})),
    "receives_texts": (frozenset({"landline"}), frozenset()),
    "together": (frozenset({"required"}), frozenset({"required"})),
}
"""What each kind may say of its first and of its second field."""


def check(scope: Scope, values: Values, refused: set[str], prefix: str) -> Iterator[FieldError]:
    """The faults between answers; a rule is silent while one of its fields is already at fault."""
    for rule in scope.rules:
        if refused.isdisjoint(rule.fields):
            yield from (FieldError(prefix + name, code) for name, code in _faults(rule, values))


def _faults(rule: Rule, values: Values) -> Faults:
    return RULES[rule.kind](values, *rule.fields)
