"""Entries: an officer declares for somebody, one page and the keyboard alone, one sheet of paper after the other."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from chalice import Blueprint, Response

from chalicelib.actions.assist_declaration import assist_declaration, entries_of, undo_entry
from chalicelib.actions.submit_declaration import Receipt
from chalicelib.domain.case import Case
from chalicelib.domain.declaration import SOURCES
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.states import State
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt
from chalicelib.web.labels import N_
from chalicelib.web.language import LANGUAGES
from chalicelib.web.page import CSRF_FIELD, page
from chalicelib.web.traveller.checking import LONGEST_KEY, declaration_of
from chalicelib.web.traveller.members import full_name, token_for
from chalicelib.web.traveller.questions import KEY, edited, prefilled
from chalicelib.web.traveller.sheet import Sheet, sheet_at
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
_DIGITS = re.compile(r"^([0-9]{4})([0-9]{2})([0-9]{2})$", re.ASCII)
ASSIST = may("assisted_declaration")
PATH = "/console/entries"
SOURCE, LANGUAGE = "_source", "_language"
"""The page's own fields, kept from one entry to the next."""
SAVED = N_("%(name)s is entered: %(reference)s.")
BEFORE = N_("%(name)s was entered before: %(reference)s.")
LINKED = N_("%(name)s is entered: %(reference)s. The document is in another declaration already: look at both.")
UNDONE = N_("%(reference)s: the entry is undone. The document can be entered again.")
UNDONE_BEFORE = N_("This entry was undone a moment ago. Save it once more to enter it again.")


@dataclass(frozen=True)
class Batch:
    """What stays from one sheet to the next: how they came, in which language they were read, and the flight."""

    source: str
    language: str
    flight: str
    date: str

    @classmethod
    def of(cls, desk: Desk, given: Mapping[str, str]) -> "Batch":
        """As the address or the form says, where that makes sense."""
        source = given.get("source", "")
        language = given.get("read_in", "")
        return cls(
            source if source in SOURCES else SOURCES[0], language if language in LANGUAGES else desk.visit.language,
            given.get("flight", ""), given.get("date", "") or str(desk.today),
        )  # fmt: skip

    @property
    def address(self) -> str:
        """The next empty page."""
        kept = {"source": self.source, "read_in": self.language, "flight": self.flight, "date": self.date}
        return f"{PATH}?{urlencode({name: value for name, value in kept.items() if value})}"


@page(blueprint, PATH, access=ASSIST)
def ask_entry(visit: Visit) -> Response:
    """The empty page, with the flight at hand."""
    desk = Desk.of(visit)
    batch, sheet = Batch.of(desk, visit.query), _sheet(desk)
    known = prefilled({"flight": batch.flight, "date": batch.date}, sheet)
    return _show(desk, replace(batch, flight=known.get("flight_number", "")), sheet, known)


@page(blueprint, f"{PATH}/edit", access=ASSIST, methods=("POST",))
def edit_entry(visit: Visit) -> Response:
    """The page with what was typed, and one companion more or less."""
    desk = Desk.of(visit)
    answers, slots = edited(visit, sheet := _sheet(desk))
    return _show(desk, _batch(desk), sheet, answers, slots=slots)


@page(blueprint, PATH, access=ASSIST, methods=("POST",))
def save_entry(visit: Visit) -> Response:
    """Kept, and on to the next empty page of the same flight; or the page again with what to mend."""
    desk = Desk.of(visit)
    return attempt(visit, PATH, lambda: _saved(desk, _batch(desk), _sheet(desk)))


@page(blueprint, f"{PATH}/{{case_id}}/undo", access=ASSIST, methods=("POST",))
def undo(visit: Visit, case_id: str) -> Response:
    """An own entry taken back."""
    desk = Desk.of(visit)
    return attempt(visit, PATH, lambda: _undone(desk, case_id))


def _undone(desk: Desk, case_id: str) -> Response:
    case = undo_entry(desk.ports, desk.officer, case_id)[0]
    batch = Batch(case.source, case.language, case.flight, str(case.arrival_date))
    return desk.visit.redirect(batch.address, desk.visit.say(UNDONE, reference=case.reference), "warning")


def _sheet(desk: Desk) -> Sheet:
    """The form in the officer's language: what is asked does not depend on who reads it."""
    return replace(sheet_at(desk.point.point, desk.visit.language, base=PATH), assisted=True)


def _batch(desk: Desk) -> Batch:
    form = desk.visit.form
    return Batch.of(
        desk, {"source": form.text(SOURCE), "read_in": form.text(LANGUAGE), "flight": form.text("flight_number"),
               "date": form.text("arrival_date")},
    )  # fmt: skip


def _saved(desk: Desk, batch: Batch, sheet: Sheet) -> Response:
    try:
        answers = sheet.read(_typed(desk, sheet))
    except Invalid as invalid:
        return _show(desk, batch, sheet, edited(desk.visit, sheet)[0], invalid.errors)
    read_in = sheet_at(desk.point.point, batch.language)
    declaration = declaration_of(read_in, answers, desk.visit.form.text(KEY)[:LONGEST_KEY], batch.source)
    receipt = assist_declaration(desk.ports, desk.officer, declaration)
    case = desk.ports.store.get(Case, receipt.declaration_id)
    if case.state == State.VOID:  # the page of an entry that was undone, saved once more
        return _show(desk, batch, sheet, edited(desk.visit, sheet)[0], said=desk.visit.say(UNDONE_BEFORE))
    following = replace(batch, flight=case.flight, date=str(case.arrival_date))
    return desk.visit.redirect(following.address, _told(desk, case, receipt), "warning" if case.linked_to else "done")


def _typed(desk: Desk, sheet: Sheet) -> list[tuple[str, str]]:
    """What was posted, as the form takes it: a keyboard's 19840327 is a date, year first."""
    dates = {name.rpartition(".")[2] for name, field in sheet.form.definitions.items() if field.type == "date"}
    pairs = [
        (name, _DIGITS.sub(r"\1-\2-\3", value.strip()) if name.rpartition(".")[2] in dates else value)
        for name, value in desk.visit.form.pairs
        if name != CSRF_FIELD
    ]
    return _signed_for(sheet, pairs)


def _signed_for(sheet: Sheet, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who signs is whose answers they are, unless the officer wrote another name: a guardian signs for a child."""
    said = dict(pairs)
    if said.get("signature_name", "").strip() or "signature_name" not in sheet.form.fields:
        return pairs
    names = {name: said.get(name, "").strip() for name in ("family_name", "given_names", "name_zh")}
    return [*(pair for pair in pairs if pair[0] != "signature_name"), ("signature_name", full_name(names))]


def _told(desk: Desk, case: Case, receipt: Receipt) -> str:
    words = BEFORE if receipt.repeated else LINKED if case.linked_to else SAVED
    return desk.visit.say(words, name=desk.names(case)[0], reference=case.reference)


def _show(
    desk: Desk, batch: Batch, sheet: Sheet, answers: Mapping[str, Any], errors: Iterable[FieldError] = (),
    slots: Mapping[str, int] | None = None, said: str = "",
) -> Response:  # fmt: skip
    found = tuple(errors)
    problems = [*([("entry", said)] if said else []), *sheet.problems(found)]
    entered = _entered(desk, batch)
    desk.visit.path = PATH  # Also where a refused page is shown again.
    return desk.render(
        "entries", 422 if problems else 200, sheet=sheet, batch=batch, problems=problems, key=str(uuid4()),
        sections=sheet.sections(answers, found, slots or {}), entered=entered, sources=SOURCES,
        languages=[LANGUAGES[tag] for tag in sheet.form.languages if tag in LANGUAGES],
        passes={case.case_id: token_for(case.case_id, case.point, case.intake_date) for case in entered},
    )  # fmt: skip


def _entered(desk: Desk, batch: Batch) -> tuple[Case, ...]:
    """What this officer has entered on the flight so far."""
    known = prefilled({"flight": batch.flight, "date": batch.date}, _sheet(desk))
    if "flight_number" not in known or "arrival_date" not in known:
        return ()
    day = desk.today.fromisoformat(known["arrival_date"])
    return entries_of(desk.ports, desk.officer, desk.point.point, day, known["flight_number"])
