"""An officer's correction: some fields changed, the whole validated again by the form's own rules."""

from chalicelib.actions.casework import seen_case
from chalicelib.actions.rewrite import correct_declaration
from chalicelib.domain.case import Case
from chalicelib.domain.declaration import SHARED
from chalicelib.domain.desks import check_may
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import load
from chalicelib.intake.validate import validate
from chalicelib.web.api.bodies import VerbBody
from chalicelib.web.api.endpoint import Call
from chalicelib.web.api.values import one_line

COMPANION = "companions"


def correct(call: Call, case_id: str) -> None:
    """Change the fields that the body names; raises Invalid for what the form would refuse."""
    body = call.body(VerbBody)
    check_may(call.officer, "correct")
    if not body.answers:
        raise Invalid((FieldError("answers", "required"),))
    case, _ = seen_case(call.ports, call.officer, case_id)
    answers = {name: value for name, value in {**case.answers, **body.answers}.items() if value is not None}
    normal = validated(call, case, answers)
    reason = one_line("reason", body.reason, 500) if body.reason else ""
    correct_declaration(call.ports, call.officer, case_id, normal, reason, call.demanded_match())


def validated(call: Call, case: Case, answers: dict[str, object]) -> dict[str, object]:
    """One person's answers by the form's rules; a companion is validated as one, beside what the party shares."""
    form = load(case.form, case.form_version)
    context = IntakeContext(
        today=case.arrival_date, districts=frozenset(call.ports.places.districts()),
        point_region=call.ports.places.point(case.point).country, assisted=True,
    )  # fmt: skip
    if case.party_id == case.case_id:
        return validate(form, answers, context)
    return _companion(call, case, answers, context)


def _companion(call: Call, case: Case, answers: dict[str, object], context: IntakeContext) -> dict[str, object]:
    form = load(case.form, case.form_version)
    declarer, _ = seen_case(call.ports, call.officer, case.party_id)
    shared = {name: answers[name] for name in SHARED if name in answers}
    own = {name: value for name, value in answers.items() if name not in SHARED}
    whole = validate(form, {**declarer.answers, **shared, COMPANION: [own]}, context)
    return {**{name: whole[name] for name in SHARED if name in whole}, **whole[COMPANION][0]}
