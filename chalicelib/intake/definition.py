"""What a form's TOML may say. An unknown key in it is refused when the form is loaded."""

from typing import Literal

import msgspec

Use = Literal["declaration", "checkin"]
Conditions = dict[str, tuple[str, ...]]
"""By field: the answers that make the condition true; several fields must all agree."""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. ``max``/``min`` count characters, items of a group, or degrees.

    Days are counted from today at the point.
    ``again``: of a phone, that the page asks for it twice where it is doubtful (doubts.py).
    """

    type: str
    required: bool = True
    min: int = 0
    max: int = 0
    options: tuple[str, ...] = ()
    aliases: dict[str, str] = {}
    default: str = ""
    earliest_days: int = 0
    latest_days: int = 0
    show_when: Conditions = {}
    optional_when: Conditions = {}
    optional_if_assisted: bool = False
    fields: tuple[str, ...] = ()
    slots: int = 0
    preset: bool = False
    again: bool = False
    signs: str = ""
    autocomplete: str = ""


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the page."""

    id: str
    fields: tuple[str, ...]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What answers owe each other; with ``group``, within each of its items. rules.py says what each kind reads."""

    kind: Literal["distinct", "exactly_one", "not_before", "receives_texts", "together"]
    fields: tuple[str, ...]
    group: str = ""


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The machine-readable lines of a document may answer the questions that have its names, in every scope.

    ``before`` is the question that they stand above.
    """

    before: str


class FormFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """form.toml as it stands. ``use`` is what becomes of the answers: a declaration, or a day's check-in."""

    id: str
    version: int
    languages: tuple[str, ...]
    section: tuple[Section, ...]
    field: dict[str, Field]
    rule: tuple[Rule, ...] = ()
    lines: Lines | None = None
    use: Use = "declaration"


class Scope(msgspec.Struct, frozen=True):
    """Questions that are answered side by side: the form's own, or those of one item of a group."""

    fields: dict[str, Field]
    rules: tuple[Rule, ...]
    places: dict[str, int]

    def other(self, name: str) -> str:
        """The field that excludes this one, where exactly one of two is to be answered; else empty."""
        pairs = [rule.fields for rule in self.rules if rule.kind == "exactly_one" and name in rule.fields]
        return next((other for pair in pairs for other in pair if other != name), "")


def scope_of(file: FormFile, names: tuple[str, ...], group: str = "") -> Scope:
    """The questions of a group, or of the form itself; raises KeyError naming a question that nobody defined."""
    fields = {name: file.field.get(f"{group}.{name}") or file.field[name] for name in names}
    rules = tuple(rule for rule in file.rule if rule.group == group)
    return Scope(fields=fields, rules=rules, places={name: place for place, name in enumerate(names)})
