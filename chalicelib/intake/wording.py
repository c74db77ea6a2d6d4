"""What a language file may say. An unknown key in it is refused when the form is loaded."""

import msgspec


class FieldText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``thing`` names the field inside a sentence; ``errors`` are sentences for this field alone.

    ``plain`` asks the same as the label in plainer words, and may be left out.
    """

    label: str = ""
    plain: str = ""
    thing: str = ""
    hint: str = ""
    choices: dict[str, str] = {}
    errors: dict[str, str] = {}


class SectionText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step's heading, and what to know before it."""

    title: str
    hint: str = ""


class GroupText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``item`` heads one of several, ``sentence`` says which one is at fault, ``add`` and ``remove`` are buttons."""

    item: str
    sentence: str
    add: str
    remove: str


class Signing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to be signed, as the file has it."""

    version: str
    text: str


class Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of no field in particular; ``date_parts`` is the order of a date's three boxes."""

    yes: str
    no: str
    agreed: str
    day: str
    month: str
    year: str
    date: str
    date_parts: tuple[str, str, str]
    months: tuple[str, ...]
    optional: str
    separator: str


class LinesText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The box for a document's machine-readable lines; ``filled`` and ``note`` say what came of it."""

    label: str
    hint: str
    button: str
    filled: str
    errors: dict[str, str]
    notes: dict[str, str]


class AgainText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The second box of a doubtful phone: ``reasons`` say why it is asked for again."""

    label: str
    reasons: dict[str, str]


class TextFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """<language>.toml as it stands."""

    title: str
    common: Common
    section: dict[str, SectionText]
    field: dict[str, FieldText]
    error: dict[str, str]
    group: dict[str, GroupText] = {}
    error_of: dict[str, dict[str, str]] = {}
    signed: dict[str, Signing] = {}
    lines: LinesText | None = None
    again: AgainText | None = None
