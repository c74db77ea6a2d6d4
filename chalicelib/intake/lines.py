"""The box for a document's machine-readable lines: the page's own field, which fills in questions and is never kept."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.intake import mrz
from chalicelib.intake.forms import Form
from chalicelib.intake.mrz.checking import Fault
from chalicelib.intake.sentences import said_of_item
from chalicelib.intake.texts import Texts
from chalicelib.intake.views import LinesView

FIELD = "_lines"
_INDEX = re.compile("[0-9]{1,3}")
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Typed:
    """What stands in a box, and what came of reading it where that was asked for."""

    text: str
    scan: mrz.Scan | None = None


def name_of(path: str) -> str:
    """The name under which the box of the form itself (an empty path) or of one of a group is posted."""
    return f"{FIELD}.{path}" if path else FIELD


def typed_in(pairs: Iterable[tuple[str, str]]) -> dict[str, Typed]:
    """By path: what was posted in boxes."""
    boxes = ((name, value) for name, value in pairs if name == FIELD or name.startswith(f"{FIELD}."))
    return {name.removeprefix(FIELD).removeprefix("."): Typed(value) for name, value in boxes if value.strip()}


def filled_in(form: Form, pairs: Iterable[tuple[str, str]], path: str, today: date) -> tuple[Pairs, Typed]:
    """The pairs with the answers of the lines at ``path``; the box is empty afterwards, unless something is wrong."""
    posted = list(pairs)
    text = dict(posted).get(name_of(path), "")
    scan = mrz.read(text, today)
    asked = form.groups[path.partition(".")[0]].fields if path else form.fields
    answers = {name: value for name, value in scan.answers.items() if name in asked}
    prefix = f"{path}." if path else ""
    replaced = {prefix + name for name in answers}
    kept = [(name, value) for name, value in posted if not (replaced & {name, name.rpartition(".")[0]})]
    filled = [*kept, *((prefix + name, value) for name, value in answers.items())]
    return filled, Typed(text if scan.faults else "", scan)


def has_box(form: Form, path: str) -> bool:
    """Whether there is such a box."""
    group, _, index = path.partition(".")
    fields = form.fields if not path else form.groups[group].fields if group in form.groups else {}
    return form.lines is not None and form.lines.before in fields and (not path or _INDEX.fullmatch(index) is not None)


def box(texts: Texts, path: str, typed: Mapping[str, Typed]) -> LinesView | None:
    """The box as a page draws it, None where the language file has no words for it."""
    words, here = texts.file.lines, typed.get(path, Typed(""))
    if words is None:
        return None
    scan = here.scan or mrz.Scan()
    filled = (words.filled,) if scan.answers else ()
    return LinesView(
        path=path, name=name_of(path), id=name_of(path).lstrip("_").replace(".", "-"), words=words, value=here.text,
        errors=_sentences(words.errors, scan.faults), told=(*filled, *_sentences(words.notes, scan.notes)),
    )  # fmt: skip


def to_mend(texts: Texts, path: str, typed: Typed) -> list[tuple[str, str]]:
    """Where to go and what to mend."""
    view, group, index = box(texts, path, {path: typed}), *path.partition(".")[::2]
    if view is None:
        return []
    return [(view.id, said_of_item(texts, group, int(index or 0), sentence)) for sentence in view.errors]


def _sentences(words: Mapping[str, str], told: Iterable[Fault]) -> tuple[str, ...]:
    return tuple(words[code].format_map(params) for code, params in told)
