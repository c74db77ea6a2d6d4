"""Declarations and lost passes: the two things that need no key."""

import time

from chalice import Blueprint

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.assist_declaration import assist_declaration
from chalicelib.actions.recover_pass import recover_pass
from chalicelib.actions.submit_declaration import Receipt, submit_declaration
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Signed
from chalicelib.domain.declaration import Declaration
from chalicelib.domain.errors import FieldError, Invalid, NotFound, NotSignedIn
from chalicelib.domain.officers import Officer
from chalicelib.domain.places import Point
from chalicelib.domain.states import State
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import Form, load
from chalicelib.intake.validate import validate
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.api import answers
from chalicelib.web.api.bodies import DeclarationBody, RecoverBody
from chalicelib.web.api.call import Answer, Call
from chalicelib.web.api.endpoint import endpoint
from chalicelib.web.api.form_schema import declarations
from chalicelib.web.api.once import once
from chalicelib.web.api.resources import pass_url
from chalicelib.web.typed import code

blueprint = Blueprint(__name__)
GUESS_SECONDS = 0.5
"""How long every answer to a guess at a lost pass takes, right or wrong."""


@endpoint(
    blueprint, "POST", "/declarations", PUBLIC, body=DeclarationBody, answer=answers.Receipt, statuses=(201,),
    act_once=False, conflicts=True, finds=True,
)  # fmt: skip
def post_declaration(call: Call) -> Answer:
    """Keep a declaration, amend it for the holder of its pass, or enter it for who cannot (with a key)."""
    body = call.body(DeclarationBody)
    call.speak(body.language)
    declaration = _declaration(call, body)
    scheme, token = call.credentials
    if body.source:
        return _receipt(call, assist_declaration(call.ports, _assisting(call), declaration))
    if scheme == "pass":
        return _amended(call, token, declaration)
    return _receipt(call, submit_declaration(call.ports, declaration))


def _assisting(call: Call) -> Officer:
    """Whose key; raises NotSignedIn without one: an entry says who made it."""
    scheme, key = call.credentials
    if scheme != "bearer":
        raise NotSignedIn
    return call.wiring.gate.keys.officer(key)


def _amended(call: Call, token: str, declaration: Declaration) -> Answer:
    try:
        holder = call.wiring.passes.read(token)
    except NotFound:
        raise NotSignedIn from None

    def amend() -> Answer:
        return _receipt(call, amend_declaration(call.ports, holder.case_id, declaration))

    # The same answers again change nothing: amending is its own answer to a repetition.
    return once(call, f"pass:{holder.case_id}", amend, amend) if call.key else amend()


def _declaration(call: Call, body: DeclarationBody) -> Declaration:
    form, point = _form(body), _point(call, body)
    if body.language not in form.languages:
        raise Invalid((FieldError("language", "not_a_choice"),))
    context = IntakeContext(
        today=local_date(call.ports.clock(), point.time_zone), districts=frozenset(call.ports.places.districts()),
        point_region=point.country, assisted=body.source is not None,
    )  # fmt: skip
    said = validate(form, body.answers, context)
    signed = tuple(Signed(n, text.version, text.digest) for n, text in form.signed_texts(body.language).items())
    return Declaration(
        point=body.point, language=body.language, form=form.id, form_version=form.version, signed=signed,
        answers=said, key=call.key, source=body.source or "",
    )  # fmt: skip


def _form(body: DeclarationBody) -> Form:
    forms = declarations()
    if (body.form, body.version) not in forms:
        raise Invalid((FieldError("version" if body.form in dict(forms) else "form", "unknown"),))
    return load(body.form, body.version)


def _point(call: Call, body: DeclarationBody) -> Point:
    try:
        return call.ports.places.point(body.point)
    except NotFound:
        raise Invalid((FieldError("point", "unknown"),)) from None


def _receipt(call: Call, receipt: Receipt) -> Answer:
    party = [
        answers.Received(
            traveller_id=person.traveller_id, reference=person.reference, state=State.DECLARED, zone=person.zone,
            pass_url=pass_url(call.wiring, person.traveller_id, receipt.point, person.intake_date),
        )
        for person in receipt.party
    ]  # fmt: skip
    first = party[0]
    body = answers.Receipt(
        first.traveller_id, first.reference, first.pass_url, first.state, first.zone, receipt.declaration_id, party
    )
    return Answer(body, 201)


@endpoint(
    blueprint, "POST", "/passes/recover", PUBLIC, body=RecoverBody, answer=answers.Recovered, act_once=False, finds=True
)  # fmt: skip
def post_recover(call: Call) -> Answer:
    """The pass again, for who knows three things about it; each answer takes as long as any other."""
    until = time.monotonic() + GUESS_SECONDS
    try:
        body = call.body(RecoverBody)
        number = code("document_number", body.document_number)
        case = recover_pass(call.ports, body.reference, number, body.date_of_birth)
        url = pass_url(call.wiring, case.case_id, case.point, case.intake_date)
        return Answer(answers.Recovered(case.case_id, case.reference, url))
    finally:
        time.sleep(max(0.0, until - time.monotonic()))
