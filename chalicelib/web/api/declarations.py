"""Declarations and lost passes: the two things that need no key."""

import re
import time

from chalice import Blueprint

from chalicelib.actions.amend_declaration import amend_declaration
from chalicelib.actions.recover_pass import recover_pass
from chalicelib.actions.submit_declaration import Receipt, submit_declaration
from chalicelib.domain.calendar import local_date
from chalicelib.domain.case import Signed
from chalicelib.domain.declaration import Declaration
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import Form, load
from chalicelib.intake.validate import validate
from chalicelib.web.access_rules import PUBLIC
from chalicelib.web.api.bodies import DeclarationBody, RecoverBody
from chalicelib.web.api.endpoint import Answer, Call, endpoint
from chalicelib.web.api.resources import pass_url
from chalicelib.web.api.values import code

blueprint = Blueprint(__name__)
GUESS_SECONDS = 0.5
"""How long every answer to a guess at a lost pass takes, right or wrong."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@endpoint(blueprint, "POST", "/declarations", PUBLIC, once=False)
def post_declaration(call: Call) -> Answer:
    """Keep a declaration, or amend it for the holder of its pass."""
    body = call.body(DeclarationBody)
    try:
        declaration = _declaration(call, body)
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "pass":
            holder = call.wiring.passes.read(token.strip())
            return _receipt(call, amend_declaration(call.ports, holder.case_id, declaration))
        return _receipt(call, submit_declaration(call.ports, declaration))
    except Invalid as invalid:
        invalid.language = body.language if body.language in ("en", "zh-Hans") else call.language  # type: ignore[attr-defined]
        raise


def _declaration(call: Call, body: DeclarationBody) -> Declaration:
    form = _form(body)
    if body.language not in form.languages:
        raise Invalid((FieldError("language", "not_a_choice"),))
    try:
        point = call.ports.places.point(body.point)
    except NotFound:
        raise Invalid((FieldError("point", "unknown"),)) from None
    context = IntakeContext(
        today=local_date(call.ports.clock(), point.time_zone), districts=frozenset(call.ports.places.districts()),
        point_region=point.country,
    )  # fmt: skip
    answers = validate(form, body.answers, context)
    signed = tuple(Signed(n, text.version, text.digest) for n, text in form.signed_texts(body.language).items())
    return Declaration(
        point=body.point, language=body.language, form=form.id, form_version=form.version, signed=signed,
        answers=answers, key=call.key,
    )  # fmt: skip


def _form(body: DeclarationBody) -> Form:
    try:
        return load(body.form, body.version)
    except NotFound:
        field = "form" if body.form != "arrival" else "version"
        raise Invalid((FieldError(field, "unknown"),)) from None


def _receipt(call: Call, receipt: Receipt) -> Answer:
    party = [
        {
            "traveller_id": person.traveller_id, "reference": person.reference,
            "pass_url": pass_url(call.wiring, person.traveller_id, receipt.point, person.intake_date),
            "state": "declared", "zone": person.zone,
        }
        for person in receipt.party
    ]  # fmt: skip
    return Answer({"declaration_id": receipt.declaration_id, **party[0], "party": party}, 201)


@endpoint(blueprint, "POST", "/passes/recover", PUBLIC, once=False)
def post_recover(call: Call) -> Answer:
    """The pass again, for who knows three things about it; each answer takes as long as any other."""
    until = time.monotonic() + GUESS_SECONDS
    try:
        body = call.body(RecoverBody)
        number = code("document_number", body.document_number)
        case = recover_pass(call.ports, body.reference, number, body.date_of_birth)
        url = pass_url(call.wiring, case.case_id, case.point, case.intake_date)
        return Answer({"traveller_id": case.case_id, "reference": case.reference, "pass_url": url})
    finally:
        time.sleep(max(0.0, until - time.monotonic()))
