"""The one validator, for the page and the API alike."""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.intake import rules
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Conditions, Field, Scope
from chalicelib.intake.forms import Form
from chalicelib.intake.refused import Refused
from chalicelib.intake.types import TYPES

FORM_CODES = frozenset({"unknown_field", "wrong_type", "too_many_fields"})
"""Faults of the answers as a whole, or of a field that the form does not have."""
_UNKNOWN_SHOWN = 20
_BLANK = " \t\r\n\u00a0\u3000"


def validate(form: Form, answers: object, context: IntakeContext) -> dict[str, Any]:
    """The answers normalised, JSON-able and in the form's order.

    Raises Invalid with every fault at once, in the form's order; never anything else, whatever ``answers`` holds.
    """
    reading = _Reading(form, form.scope, context, "")
    values = reading.read(answers) if isinstance(answers, Mapping) else reading.refuse_all()
    if reading.errors:
        raise Invalid(tuple(reading.errors))
    return values


def is_blank(value: Any) -> bool:
    """Whether a raw answer counts as left out: nothing, blanks, an empty list or group."""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip(_BLANK))


def holds(conditions: Conditions, values: Mapping[str, Any]) -> bool:
    """Whether every field that is named has one of the answers given for it."""
    return all(values.get(name) in options for name, options in conditions.items())


class _Reading:
    """One pass over the questions of a scope: ``values`` and ``errors`` grow, nothing else is kept."""

    def __init__(self, form: Form, scope: Scope, context: IntakeContext, prefix: str) -> None:
        self.form, self.scope, self.context, self.prefix = form, scope, context, prefix
        self.values: dict[str, Any] = {}
        self.errors: list[FieldError] = []
        self.refused: set[str] = set()

    def read(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        for name, field in self.scope.fields.items():
            self._answer(name, field, raw.get(name))
        for name, field in self.scope.fields.items():
            if name not in self.values and name not in self.refused and self._is_required(field):
                self._refuse(name, "required")
        self.errors += rules.check(self.scope, self.values, self.refused, self.prefix)
        self.errors.sort(key=self._place)
        self.errors += _unknown(raw, self.scope, self.prefix)
        return {name: self.values[name] for name, field in self.scope.fields.items() if self._is_kept(name, field)}

    def refuse_all(self) -> dict[str, Any]:
        self.errors.append(FieldError(self.prefix.rstrip(".") or "answers", "wrong_type"))
        return {}

    def _answer(self, name: str, field: Field, raw: Any) -> None:
        raw = (field.default or None) if is_blank(raw) else raw
        try:
            value = self._value(name, field, raw)
        except Refused as refusal:
            self._refuse(name, refusal.code, **refusal.params)
        else:
            if value is not None and value is not False and value != "" and value != []:
                self.values[name] = value

    def _value(self, name: str, field: Field, raw: Any) -> Any:
        if raw is None:
            return None
        return self._group(name, field, raw) if field.type == "group" else self._read(field, raw)

    def _read(self, field: Field, raw: Any) -> Any:
        return TYPES[field.type].read(raw, field, self.context)

    def _group(self, name: str, field: Field, raw: Any) -> list[dict[str, Any]]:
        if not isinstance(raw, list):
            raise Refused("wrong_type")
        if len(raw) > field.max:
            raise Refused("too_many", max=str(field.max))
        items = [self._item(name, index, item) for index, item in enumerate(raw)]
        self.errors += (error for item in items for error in item.errors)
        if any(item.errors for item in items):
            self.refused.add(name)
        return [item.values for item in items]

    def _item(self, name: str, index: int, raw: Any) -> "_Reading":
        item = _Reading(self.form, self.form.groups[name], self.context, f"{self.prefix}{name}.{index}.")
        item.values = item.read(raw) if isinstance(raw, Mapping) else item.refuse_all()
        return item

    def _refuse(self, name: str, code: str, **params: str) -> None:
        self.refused.add(name)
        self.errors.append(FieldError(self.prefix + name, code, params))

    def _is_required(self, field: Field) -> bool:
        if not field.required or (field.optional_if_assisted and self.context.assisted):
            return False
        # While the deciding answer is open, nobody is sent after a question that may turn out not to be theirs.
        known = all(name in self.values for name in field.optional_when)
        return known and not (field.optional_when and holds(field.optional_when, self.values))

    def _is_kept(self, name: str, field: Field) -> bool:
        return name in self.values and holds(field.show_when, self.values)

    def _place(self, error: FieldError) -> tuple[int, int]:
        name, _, rest = error.field.removeprefix(self.prefix).partition(".")
        index = rest.partition(".")[0]
        return self.scope.places[name], int(index) if index else -1


def _unknown(raw: Mapping[str, Any], scope: Scope, prefix: str) -> Iterator[FieldError]:
    """Names that the form does not have, made harmless: they come from outside and go back into an answer."""
    unknown = [str(name) for name in raw if name not in scope.fields]
    for name in sorted(unknown)[:_UNKNOWN_SHOWN]:
        yield FieldError(prefix + "".join(char if char.isprintable() else "?" for char in name[:60]), "unknown_field")
