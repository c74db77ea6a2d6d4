"""An officer's correction: some fields changed, the whole validated again by the form's own rules."""

from dataclasses import replace
from typing import Any

from chalicelib.actions.casework import seen_case
from chalicelib.actions.rewrite import correct_declaration
from chalicelib.domain.case import Case
from chalicelib.domain.declaration import SHARED
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.masked_answers import restored
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import load
from chalicelib.intake.validate import validate
from chalicelib.web.api.bodies import CorrectBody
from chalicelib.web.api.call import Call
from chalicelib.web.typed import one_line

COMPANION = "companions"
Said = dict[str, Any]


def correct(call: Call, case_id: str, etag: str | None) -> None:
    """Change the fields that the body names; a phone as it is masked stays. Raises Invalid as the form would refuse."""
    body = call.body(CorrectBody)
    case, _ = seen_case(call.ports, call.officer, case_id)
    asked = restored(body.answers, case.answers)
    said = {name: value for name, value in {**case.answers, **asked}.items() if value is not None}
    normal = _validated(call, case, said)
    reason = one_line("reason", body.reason, 500)
    correct_declaration(call.ports, call.officer, case_id, normal, reason, etag)


def _validated(call: Call, case: Case, said: Said) -> Said:
    """One person's answers by the form's rules; a companion is validated as one, beside what the party shares."""
    form = load(case.form, case.form_version)
    context = IntakeContext(
        today=case.arrival_date, districts=frozenset(call.ports.places.districts()),
        point_region=call.ports.places.point(case.point).country, assisted=True,
    )  # fmt: skip
    if case.party_id == case.case_id:
        return validate(form, said, context)
    declarer, _ = seen_case(call.ports, call.officer, case.party_id)
    shared = {name: said[name] for name in SHARED if name in said}
    own = {name: value for name, value in said.items() if name not in SHARED}
    try:
        whole = validate(form, {**_alone(declarer), **shared, COMPANION: [own]}, context)
    except Invalid as invalid:
        raise Invalid(tuple(_own(error) for error in invalid.errors)) from None
    return {**{name: whole[name] for name in SHARED if name in whole}, **whole[COMPANION][0]}


def _own(error: FieldError) -> FieldError:
    return replace(error, field=error.field.removeprefix(f"{COMPANION}.0."))


def _alone(declarer: Case) -> Said:
    """The declarer's own answers, without what the party shares: the companion's copy of that may differ."""
    return {name: value for name, value in declarer.answers.items() if name not in SHARED}
