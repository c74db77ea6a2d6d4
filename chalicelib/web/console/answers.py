"""What was declared, read back to an officer: the numbers masked until they are asked for."""

from dataclasses import dataclass, replace

from chalicelib.domain.case import Case
from chalicelib.domain.masking import mask_document, mask_phone
from chalicelib.intake.forms import load
from chalicelib.intake.summary import Part, Row, rows, summarise
from chalicelib.web.console.desk import Desk

_HIDDEN = "••••••"
_TOLD_ELSEWHERE = frozenset({"consent_sensitive", "commitment"})


@dataclass(frozen=True)
class Answers:
    """One heading; ``rows`` are as they are shown first, ``full`` the hidden ones in full, phone ``numbers`` apart."""

    title: str
    rows: tuple[Row, ...]
    full: tuple[Row, ...]
    numbers: tuple[Row, ...]


@dataclass(frozen=True)
class Difference:
    """One question that two declarations answer otherwise."""

    label: str
    here: str
    there: str


def read_back(desk: Desk, case: Case) -> tuple[Answers, ...]:
    """The answers in the form's order, in the page's language."""
    form = load(case.form, case.form_version)
    shown = summarise(form, desk.visit.language, case.answers, desk.district_names())
    return tuple(_masked(case, part) for part in shown)


def _masked(case: Case, part: Part) -> Answers:
    kept = tuple(row for row in part.rows if row.name not in _TOLD_ELSEWHERE)
    hidden = tuple(replace(row, value=_mask(case, row)) for row in kept)
    full = [row for row, mask in zip(kept, hidden, strict=True) if row != mask]
    return Answers(
        part.title, hidden, tuple(row for row in full if not _is_phone(row)), tuple(filter(_is_phone, full))
    )  # fmt: skip


def _is_phone(row: Row) -> bool:
    return row.name.rpartition(".")[2] == "phone"


def _mask(case: Case, row: Row) -> str:
    name = row.name.rpartition(".")[2]
    if name == "phone":
        return mask_phone(_raw(case, row.name) or row.value)
    if name == "document_number":
        return mask_document(row.value)
    return _HIDDEN if name in ("email", "destination_address") else row.value


def _raw(case: Case, path: str) -> str:
    value: object = case.answers
    for step in path.split("."):
        if isinstance(value, list):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        else:
            value = value.get(step) if hasattr(value, "get") else None
    return value if isinstance(value, str) else ""


def difference(desk: Desk, here: Case, there: Case) -> tuple[Difference, ...]:
    """Where two declarations differ, in the words of the form; the numbers masked."""
    mine, theirs = _rows(desk, here), _rows(desk, there)
    labels = {name: row.label for name, row in {**theirs, **mine}.items()}
    return tuple(
        Difference(label, _value(here, mine.get(name)), _value(there, theirs.get(name)))
        for name, label in labels.items()
        if (mine[name].value if name in mine else "") != (theirs[name].value if name in theirs else "")
    )


def _value(case: Case, row: Row | None) -> str:
    return _mask(case, row) if row else ""


def _rows(desk: Desk, case: Case) -> dict[str, Row]:
    form = load(case.form, case.form_version)
    return {row.name: row for row in rows(form, desk.visit.language, case.answers, desk.district_names())}
