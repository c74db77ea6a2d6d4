"""An officer corrects what was declared: the form's own questions, drawn from its definition."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions.casework import seen_case
from chalicelib.actions.rewrite import correct_declaration
from chalicelib.domain.case import Case
from chalicelib.domain.declaration import SHARED
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.masked_answers import masked, restored
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import Form, load
from chalicelib.intake.posted import nest
from chalicelib.intake.presentation import error_summary, present
from chalicelib.intake.validate import validate
from chalicelib.intake.views import FieldView, SectionView
from chalicelib.web.access_rules import may
from chalicelib.web.console.desk import Desk
from chalicelib.web.console.outcome import attempt
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.typed import one_line
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
CORRECT = may("correct")
GROUP = "companions"
NOT_ASKED = frozenset({"companions", "signature"})
"""Sections that no officer rewrites: companions have cases of their own, and a signature is its signer's."""
KEPT = ("consent_sensitive", "commitment", "signature_name")
SAID = N_("%(reference)s: the answers are corrected. The old ones are kept.")


@page(blueprint, "/console/travellers/{case_id}/correct", access=CORRECT)
def ask(visit: Visit, case_id: str) -> Response:
    """The questions, with what was declared; numbers are masked, and a mask that comes back leaves its number."""
    desk = Desk.of(visit)
    case, etag = seen_case(desk.ports, desk.officer, case_id)
    return _show(desk, case, etag, masked(_own(case)))


@page(blueprint, "/console/travellers/{case_id}/correct", access=CORRECT, methods=("POST",))
def correct(visit: Visit, case_id: str) -> Response:
    """Keep the corrected answers beside the old ones."""
    return attempt(visit, f"/console/travellers/{case_id}", lambda: _corrected(Desk.of(visit), case_id))


def _corrected(desk: Desk, case_id: str) -> Response:
    case, _ = seen_case(desk.ports, desk.officer, case_id)
    form, etag = load(case.form, case.form_version), desk.visit.form.text("etag")
    typed = _typed(form, case, desk)
    try:
        answers = _validated(desk, form, case, restored(typed, case.answers))
    except Invalid as invalid:
        return _show(desk, case, etag, typed, invalid.errors, 422)
    reason = one_line("reason", desk.visit.form.text("_reason"), 500)
    if answers != case.answers:  # A second press finds them corrected.
        correct_declaration(desk.ports, desk.officer, case_id, answers, reason, etag or None)
    return desk.visit.redirect(f"/console/travellers/{case_id}", desk.visit.say(SAID, reference=case.reference))


def _is_companion(case: Case) -> bool:
    return case.party_id != case.case_id


def _own(case: Case) -> Mapping[str, Any]:
    """The answers as the page asks for them: a companion's own ones stand in their group."""
    if not _is_companion(case):
        return case.answers
    own = {name: value for name, value in case.answers.items() if name not in SHARED}
    return {**{name: case.answers[name] for name in SHARED if name in case.answers}, GROUP: [own]}


def _typed(form: Form, case: Case, desk: Desk) -> dict[str, Any]:
    pairs = [(name, value) for name, value in desk.visit.form.pairs if name not in ("csrf_token", "etag")]
    typed = nest(form, pairs)
    return {**typed, **{name: case.answers[name] for name in KEPT if name in case.answers}}


def _validated(desk: Desk, form: Form, case: Case, typed: Mapping[str, Any]) -> dict[str, Any]:
    context = IntakeContext(
        today=case.intake_date, districts=frozenset(desk.ports.places.districts()),
        point_region=desk.point.country, assisted=True,
    )  # fmt: skip
    if not _is_companion(case):
        return validate(form, typed, context)
    declarer, _ = seen_case(desk.ports, desk.officer, case.party_id)
    beside = {name: value for name, value in declarer.answers.items() if name not in SHARED}
    whole = validate(form, {**beside, **typed}, context)
    return {**{name: whole[name] for name in SHARED if name in whole}, **whole[GROUP][0]}


def _show(
    desk: Desk,
    case: Case,
    etag: str,
    answers: Mapping[str, Any],
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response:
    form, language = load(case.form, case.form_version), desk.visit.language
    shown = present(form, language, answers, desk.district_names(), errors, {GROUP: 1} if _is_companion(case) else None)
    return desk.render(
        "correct", status, case=case, etag=etag, sections=_sections(case, shown),
        problems=[(anchor or "main", text) for anchor, text in error_summary(form, language, errors)],
    )  # fmt: skip


def _sections(case: Case, shown: tuple[SectionView, ...]) -> tuple[tuple[str, tuple[FieldView, ...]], ...]:
    asked = tuple((part.title, part.fields) for part in shown if part.id not in NOT_ASKED)
    if not _is_companion(case):
        return asked
    group = next(field for part in shown for field in part.fields if field.name == GROUP)
    shared = ((title, tuple(one for one in fields if one.name in SHARED)) for title, fields in asked)
    return ((shown[0].title, group.items[0].fields), *((title, fields) for title, fields in shared if fields))
