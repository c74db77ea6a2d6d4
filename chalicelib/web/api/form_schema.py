"""A form's answers as JSON Schema, from its definition: what the API takes, before it is normalised."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.intake.definition import Field, Rule, Scope
from chalicelib.intake.forms import Form, load

Schema = dict[str, Any]


@cache
def known_forms() -> tuple[tuple[str, int], ...]:
    """Form and version of every form that there is."""
    folders = [folder for folder in files("forms").iterdir() if folder.is_dir()]
    found = [(form.name, version.name) for form in folders for version in form.iterdir() if version.is_dir()]
    numbered = [(form, int(name[1:])) for form, name in found if name[:1] == "v" and name[1:].isdecimal()]
    return tuple(sorted(numbered))


def declarations() -> tuple[tuple[str, int], ...]:
    """Those of them that are declarations; another form is opened from the pass."""
    return tuple(one for one in known_forms() if load(*one).use == "declaration")


def answers_schema(form: Form) -> Schema:
    """The answers of a whole form."""
    return _object(form, form.scope)


def _object(form: Form, scope: Scope) -> Schema:
    required = [name for name, field in scope.fields.items() if field.required and not field.optional_when]
    pairs = [{"anyOf": [{"required": [name]} for name in rule.fields]} for rule in scope.rules if _is_pair(rule)]
    return {
        "type": "object", "additionalProperties": False, "required": required,
        "properties": {name: _question(form, name, field) for name, field in scope.fields.items()},
        **({"allOf": pairs} if pairs else {}),
    }  # fmt: skip


def _is_pair(rule: Rule) -> bool:
    return rule.kind == "exactly_one"


def _question(form: Form, name: str, field: Field) -> Schema:
    if field.type == "group":
        return {"type": "array", "maxItems": field.max, "items": _object(form, form.groups[name])}
    schema = _TYPES[field.type](field)
    label = form.texts("en").field(name).label
    default = {"default": field.default} if field.default else {}
    return {**({"title": label} if label else {}), **schema, **default}


def _text(field: Field) -> Schema:
    return {"type": "string", **({"maxLength": field.max} if field.max else {})}


def _date(_: Field) -> Schema:
    part: Schema = {"type": ["integer", "string"]}
    parts = {"type": "object", "required": ["day", "month", "year"], "additionalProperties": False,
             "properties": {"day": part, "month": part, "year": part}}  # fmt: skip
    return {"anyOf": [{"type": "string", "format": "date"}, parts]}


def _choice(field: Field) -> Schema:
    return {"type": "string", "enum": [*field.options, *field.aliases]}


def _said(description: str) -> Callable[[Field], Schema]:
    return lambda field: {**_text(field), "description": description}


_TYPES: Mapping[str, Callable[[Field], Schema]] = {
    "text": _text,
    "long_text": _text,
    "address": _text,
    "name": _said("Any script, digits of none"),
    "email": lambda field: {**_text(field), "format": "email"},
    "date": _date,
    "choice": _choice,
    "choices": lambda field: {"type": "array", "items": {"type": "string", "enum": list(field.options)}},
    "yes_no": lambda _: {"type": "string", "enum": ["yes", "no"]},
    "flag": lambda _: {"type": "boolean"},
    "confirm": lambda _: {"const": True},
    "district": lambda field: {
        "type": "string", "description": f"A district's id{''.join(f', or {option}' for option in field.options)}",
    },
    "country": _said("ISO 3166-1 alpha-2"),
    "language": _said("BCP 47"),
    "flight": _said("Airline and number, such as CA406"),
    "document": lambda field: {**_text(field), "minLength": field.min},
    "temperature": _said("Degrees Celsius, such as 36.8"),
    "phone": _said("With or without country code, in any usual writing; answered in E.164"),
}  # fmt: skip


def form_schemas() -> dict[str, Schema]:
    """The answers of every form that is a declaration, by a name for the reference."""
    return {f"Answers_{name}_v{version}": answers_schema(load(name, version)) for name, version in declarations()}
