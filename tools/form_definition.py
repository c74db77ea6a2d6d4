"""What is wrong with a form's definition: shapes, questions that nobody asks, names that lead nowhere."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from chalicelib.intake.definition import Field, FormFile, Rule, Section
from chalicelib.intake.types import TYPES
from tools.form_files import Source

CHOSEN = ("choice", "choices")
COUNTED = ("text", "long_text", "address", "name", "email", "document", "temperature", "group")
"""Types that need a ``max``."""
LIVED_ON = (
    "family_name", "given_names", "date_of_birth", "document_number", "document_country", "flight_number",
    "arrival_date", "phone", "household_registration", "companions",
)  # fmt: skip
"""What the journey reads of a declaration by name."""
RULED = {"distinct": range(2, 9), "exactly_one": (2,), "not_before": (2,), "receives_texts": (2,), "together": (2,)}
"""How many fields each kind of rule is about."""


def check_definition(source: Source) -> FormFile | None:
    """The definition when it can be read; what is wrong is in the source's faults."""
    if source.faults:
        return None
    _shapes(source)
    if source.faults:
        return None
    file = msgspec.convert(source.raw, FormFile)
    _identity(source, file)
    _asked(source, file)
    _lines(source, file)
    for name, field in file.field.items():
        _question(source, file, name, field)
    for place, rule in enumerate(file.rule):
        _rule(source, file, place, rule)
    return None if source.faults else file


def _shapes(source: Source) -> None:
    raw = source.raw
    for place, section in enumerate(_list(raw.get("section"))):
        source.convert(section, Section, "section", place)
    for name, field in _table(raw.get("field")).items():
        source.convert(field, Field, "field", name)
    for place, rule in enumerate(_list(raw.get("rule"))):
        source.convert(rule, Rule, "rule", place)
    if not source.faults:
        source.convert(raw, FormFile)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _identity(source: Source, file: FormFile) -> None:
    folder = source.path.parent
    if file.id != folder.parent.name:
        source.blame(f'the folder is named "{folder.parent.name}"', "id")
    if f"v{file.version}" != folder.name:
        source.blame(f'the folder is named "{folder.name}"', "version")
    if not file.languages:
        source.blame("at least one language is needed", "languages")
    missing = [name for name in LIVED_ON if name not in file.field] if file.use == "declaration" else []
    for name in missing:
        source.blame(f'a declaration needs the question "{name}": the journey lives on it')


def _asked(source: Source, file: FormFile) -> None:
    """Every question that a step names is defined, and asked once; none is defined for nothing."""
    seen = set[str]()
    for place, section in enumerate(file.section):
        for name in section.fields:
            if name not in file.field:
                source.blame(f'no [field.{name}] defines "{name}"', "section", place, "fields")
            if name in seen:
                source.blame(f'"{name}" is asked twice', "section", place, "fields")
            seen.add(name)
    groups = {name: file.field[name] for name in seen if name in file.field and file.field[name].type == "group"}
    used = set(seen)
    for group, field in groups.items():
        for name in field.fields:
            own = f"{group}.{name}"
            used.add(own if own in file.field else name)
            if own not in file.field and name not in file.field:
                source.blame(f'no [field."{own}"] and no [field.{name}] defines "{name}"', "field", group, "fields")
    for name in sorted(set(file.field) - used):
        source.blame(f'no step asks "{name}"', "field", name)


def _lines(source: Source, file: FormFile) -> None:
    if file.lines and not any(file.lines.before in section.fields for section in file.section):
        source.blame(f'"{file.lines.before}" is not asked, so no box can stand before it', "lines", "before")


def _question(source: Source, file: FormFile, name: str, field: Field) -> None:
    if field.type not in TYPES and field.type != "group":
        source.blame(f'there is no type "{field.type}": {", ".join(sorted([*TYPES, "group"]))}', "field", name, "type")
        return
    if field.type in CHOSEN and not field.options:
        source.blame(f'a {field.type} needs "options"', "field", name)
    if field.type in COUNTED and field.max <= 0:
        source.blame(f'a {field.type} needs "max"', "field", name)
    if field.max and field.min > field.max:
        source.blame('"min" is larger than "max"', "field", name, "min")
    if field.type == "date" and field.earliest_days > field.latest_days:
        source.blame('"earliest_days" lies after "latest_days"', "field", name, "earliest_days")
    if field.again and field.type != "phone":
        source.blame("only a phone is asked for again", "field", name, "again")
    if bool(field.signs) != (field.type == "confirm"):
        source.blame('"signs" belongs to a confirm, and a confirm needs it', "field", name)
    if field.default and field.options and field.default not in field.options:
        source.blame(f'"{field.default}" is none of the options', "field", name, "default")
    for alias, option in field.aliases.items():
        if option not in field.options:
            source.blame(f'"{alias}" stands for "{option}", which is none of the options', "field", name, "aliases")
    for condition in ("show_when", "optional_when"):
        _condition(source, _beside(file, name), name, condition, getattr(field, condition))


def _beside(file: FormFile, name: str) -> dict[str, Field]:
    """The questions that stand beside one: of its group, or of the form."""
    group, _, own = name.rpartition(".")
    names = (
        file.field[group].fields if group in file.field and own else [n for part in file.section for n in part.fields]
    )
    found = {one: file.field.get(f"{group}.{one}") or file.field.get(one) for one in names}
    return {one: field for one, field in found.items() if field is not None}


def _condition(
    source: Source, beside: Mapping[str, Field], name: str, condition: str, wanted: Mapping[str, Iterable[str]]
) -> None:
    for other, answers in wanted.items():
        if other not in beside:
            source.blame(f'"{other}" is not asked beside "{name}"', "field", name, condition)
            continue
        known = {"yes_no": ("yes", "no")}.get(beside[other].type, beside[other].options)
        for answer in answers:
            if answer not in known and beside[other].type != "district":
                source.blame(f'"{answer}" is no answer to "{other}"', "field", name, condition)


def _rule(source: Source, file: FormFile, place: int, rule: Rule) -> None:
    if rule.group and (rule.group not in file.field or file.field[rule.group].type != "group"):
        source.blame(f'there is no group "{rule.group}"', "rule", place, "group")
        return
    if len(rule.fields) not in RULED[rule.kind]:
        source.blame(f"{rule.kind} is about {RULED[rule.kind][0]} questions", "rule", place, "fields")
        return
    asked = set(file.field[rule.group].fields) if rule.group else {n for part in file.section for n in part.fields}
    for name in rule.fields:
        if name not in asked:
            source.blame(f'"{name}" is not asked there', "rule", place, "fields")
