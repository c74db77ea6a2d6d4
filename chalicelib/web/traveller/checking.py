"""Check your answers, then send them: the receipt comes after the durable write and not before."""

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from chalice import Response

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.submit_declaration import Receipt, submit_declaration
from chalicelib.domain.case import Signed
from chalicelib.domain.declaration import Declaration
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.intake.doubts import Doubt, to_repeat, typed_again
from chalicelib.intake.posted import flatten, nest
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.labels import N_
from chalicelib.web.page import page
from chalicelib.web.traveller.blueprint import blueprint
from chalicelib.web.traveller.members import token_for
from chalicelib.web.traveller.missing import keeping_answers
from chalicelib.web.traveller.questions import FORM, KEY, TOKEN, fresh_form, questions_page, unsigned
from chalicelib.web.traveller.sheet import Sheet, sheet_at
from chalicelib.web.traveller.trap import sprung
from chalicelib.web.visit import Visit
from chalicelib.wiring import wiring

LONGEST_KEY = 64
_PHONES_KEY = re.compile(r"[0-9a-f]{32}")
JSON = "application/json"
CHANGED = N_("This form has changed since you filled it in. Please look through your answers and sign again.")
KNOWN = N_(
    "One of these documents is in another declaration already. "
    "Check the document numbers, or ask an officer to help you."
)


@page(blueprint, "/d/{point}/check", access=PUBLIC, methods=("POST",), csrf=False)
@keeping_answers
def check(visit: Visit, point: str) -> Response:
    """The answers read back with the phone's key or a fresh one, or the form again with what to mend."""
    sheet = sheet_at(point, visit.language)
    if problems := sprung(visit):
        return _to_look_at(visit, sheet, problems)
    if _has_changed(visit, sheet):
        return _to_sign_anew(visit, sheet)
    try:
        answers = sheet.read(visit.form.pairs)
    except Invalid as invalid:
        return _to_mend(visit, sheet, invalid)
    if doubts := sheet.doubts(answers, visit.form.pairs):
        return _again(visit, sheet, doubts)
    return visit.render(
        "traveller/check.html", sheet=sheet, parts=sheet.summary(answers), large=_phones(sheet),
        signed=sheet.form.signed_texts(sheet.language), hidden=_carried(visit, sheet, flatten(answers)),
        token=visit.form.text(TOKEN), posted=True, fresh=fresh_form(visit, sheet),
    )  # fmt: skip


@page(blueprint, "/d/{point}/submit", access=PUBLIC, methods=("POST",), csrf=False)
@keeping_answers
def submit(visit: Visit, point: str) -> Response:
    """Keep the declaration, or the amendment of who holds the pass; then to the declarer's pass.

    The page's script asks for JSON, and gets the reference at once: the pass may take its time on a slow network.
    """
    sheet = sheet_at(point, visit.language)
    if problems := sprung(visit):
        return _to_look_at(visit, sheet, problems)
    if _has_changed(visit, sheet):
        return _to_sign_anew(visit, sheet)
    try:
        answers = sheet.read(visit.form.pairs)
        receipt = _kept(declaration_of(sheet, answers, visit.form.text(KEY)[:LONGEST_KEY]), visit.form.text(TOKEN))
    except Invalid as invalid:
        return _to_mend(visit, sheet, invalid)
    except Conflict as conflict:
        return _known(visit, sheet, conflict)
    first = receipt.party[0]
    path = f"/p/{token_for(first.traveller_id, receipt.point, first.intake_date)}"
    if JSON in visit.headers.get("accept", ""):
        said = json.dumps({"pass": visit.url(path), "reference": first.reference})
        return visit.answer(said, 200, {"Content-Type": JSON})
    return visit.redirect(path)


@page(blueprint, "/d/{point}/check", access=PUBLIC)
def check_again(visit: Visit, point: str) -> Response:
    """An address without answers: to the form."""
    return visit.redirect(f"/d/{point}")


@page(blueprint, "/d/{point}/submit", access=PUBLIC)
def submit_again(visit: Visit, point: str) -> Response:
    """An address without answers: to the form."""
    return visit.redirect(f"/d/{point}")


def _key(visit: Visit) -> str:
    """The key that the phone minted, so that what it sends later is the same declaration; else one of ours."""
    asked = visit.form.text(KEY)
    return asked if _PHONES_KEY.fullmatch(asked) else str(uuid4())


def declaration_of(sheet: Sheet, answers: Mapping[str, Any], key: str, source: str = "") -> Declaration:
    """Validated answers as what is kept, with the texts as signed in the sheet's language."""
    texts = sheet.form.signed_texts(sheet.language).items()
    return Declaration(
        point=sheet.point.point, language=sheet.language, form=sheet.form.id, form_version=sheet.form.version,
        signed=tuple(Signed(name, text.version, text.digest) for name, text in texts), answers=answers, key=key,
        source=source,
    )  # fmt: skip


def _kept(declaration: Declaration, token: str) -> Receipt:
    here = wiring()
    if token:
        return amend_declaration(here.ports, here.passes.read(token).case_id, declaration)
    return submit_declaration(here.ports, declaration)


def _to_mend(visit: Visit, sheet: Sheet, invalid: Invalid) -> Response:
    answers = nest(sheet.form, visit.form.pairs)
    return questions_page(visit, sheet, answers, errors=invalid.errors, token=visit.form.text(TOKEN))


def _again(visit: Visit, sheet: Sheet, doubts: tuple[Doubt, ...]) -> Response:
    """The form with a second box at each phone that is doubtful."""
    answers, texts = nest(sheet.form, visit.form.pairs), sheet.form.texts(sheet.language)
    problems = [to_repeat(sheet.form, texts, doubt) for doubt in doubts]
    return questions_page(visit, sheet, answers, problems=problems, doubts=doubts, token=visit.form.text(TOKEN))


def _known(visit: Visit, sheet: Sheet, conflict: Conflict) -> Response:
    if conflict.code != "document_known":
        raise conflict
    return _to_look_at(visit, sheet, [("document_number", visit.say(KNOWN))])


def _seen(sheet: Sheet) -> str:
    return f"{sheet.form.id}/{sheet.form.version}"


def _has_changed(visit: Visit, sheet: Sheet) -> bool:
    """Whether the answers are to another version than today's: a phone may have kept its page, or them, for a day."""
    return visit.form.text(FORM) not in ("", _seen(sheet))


def _to_sign_anew(visit: Visit, sheet: Sheet) -> Response:
    """Nobody has signed a text that they have not seen: the form as it is now, with the answers but what was signed."""
    answers = unsigned(sheet, nest(sheet.form, visit.form.pairs))
    signs = next(part.id for part in sheet.form.sections if any(sheet.form.fields[one].signs for one in part.fields))
    problems = [(f"step-{signs}", visit.say(CHANGED))]
    return questions_page(visit, sheet, answers, problems=problems, token=visit.form.text(TOKEN))


def _to_look_at(visit: Visit, sheet: Sheet, problems: list[tuple[str, str]]) -> Response:
    """The form again with what is wrong though every answer may be right."""
    answers = nest(sheet.form, visit.form.pairs)
    return questions_page(visit, sheet, answers, problems=problems, token=visit.form.text(TOKEN))


def _carried(visit: Visit, sheet: Sheet, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    token = visit.form.text(TOKEN)
    own = [(KEY, _key(visit)), (FORM, _seen(sheet)), *([(TOKEN, token)] if token else [])]
    return [*pairs, *typed_again(visit.form.pairs), *own]


def _phones(sheet: Sheet) -> frozenset[str]:
    """The questions whose answers are read back large: a wrong digit there reaches nobody."""
    scopes = (sheet.form.scope, *sheet.form.groups.values())
    return frozenset(name for scope in scopes for name, field in scope.fields.items() if field.type == "phone")
