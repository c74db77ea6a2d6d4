"""A form as a page draws it: steps, questions, choices, with what was typed and what was wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as slot

from chalicelib.intake.texts import SignedText
from chalicelib.intake.wording import LinesText


@dataclass(frozen=True)
class Option:
    """One choice of several; ``also`` are other names by which it may be looked for, parted by bars."""

    value: str
    label: str
    chosen: bool
    also: str = ""


@dataclass(frozen=True)
class DatePart:
    """One of the three boxes of a date; ``part`` is day, month or year."""

    part: str
    name: str
    id: str
    label: str
    value: str


@dataclass(frozen=True)
class Item:
    """One of a repeated group: ``path`` is ``companions.0``, the value of a button that removes it."""

    index: int
    path: str
    title: str
    fields: tuple["FieldView", ...]
    filled: bool


@dataclass(frozen=True)
class LinesView:
    """The box above a question for a document's machine-readable lines, with what was typed and what came of it.

    ``path`` is empty or a companion's, the value that its button posts.
    """

    path: str
    name: str
    id: str
    words: LinesText
    value: str
    errors: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class AgainView:
    """The second box of a doubtful phone; ``error`` says why it is there."""

    name: str
    id: str
    label: str
    value: str
    error: str


@dataclass(frozen=True)
class FieldView:
    """A question with what was typed. ``shape`` is how it is posted: one, many, true, date, or group.

    ``anchor`` is the id that an error summary links to. ``other`` names the field that this one excludes.
    ``shown_when`` lists fields with the answers that make this question apply. ``more`` says another item still fits,
    and ``blank`` is one to copy: ``{n}`` and ``{number}`` stand in it for its place, from 0 and from 1.
    ``searched``: there are so many choices that a page may offer to search them.
    ``foreseen`` are sentences by code for faults that a page can see for itself; ``optional_when`` lists answers that
    make an answer here unnecessary, and ``preset`` says that the page itself answers beforehand. ``like_others``: in an
    item to copy, the choices may be taken from a question of the same type outside.
    """

    name: str
    id: str
    anchor: str
    type: str
    shape: str
    label: str
    hint: str
    required: bool
    value: str = ""
    ticked: bool = False
    error: str = ""
    max: int = 0
    autocomplete: str = ""
    other: str = ""
    shown_when: Mapping[str, tuple[str, ...]] = slot(default_factory=dict)
    options: tuple[Option, ...] = ()
    parts: tuple[DatePart, ...] = ()
    signs: SignedText | None = None
    items: tuple[Item, ...] = ()
    add: str = ""
    remove: str = ""
    more: bool = False
    blank: Item | None = None
    lines: LinesView | None = None
    searched: bool = False
    again: AgainView | None = None
    foreseen: Mapping[str, str] = slot(default_factory=dict)
    optional_when: Mapping[str, tuple[str, ...]] = slot(default_factory=dict)
    preset: bool = False
    like_others: bool = False


@dataclass(frozen=True)
class SectionView:
    """One step of the form."""

    id: str
    title: str
    hint: str
    fields: tuple[FieldView, ...]
