"""Errors as RFC 9457 problem details, in the language that was asked for."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from chalice import Response
from msgspec import Struct, field

from chalicelib.domain.errors import (
    Conflict,
    FieldError,
    Invalid,
    KeyReused,
    NotFound,
    NotInState,
    NotPermitted,
    NotSignedIn,
    Stale,
    Unavailable,
    WaystationError,
)
from chalicelib.domain.spending import Unconfirmed
from chalicelib.intake.forms import load
from chalicelib.intake.sentences import sentence
from chalicelib.web.api.call import Required
from chalicelib.web.api.verb_names import offered
from chalicelib.web.catalogues import sentence as said
from chalicelib.web.error_pages import RETRY_AFTER
from chalicelib.web.forms import Malformed, TooLarge, WrongType
from chalicelib.web.labels import N_
from chalicelib.web.language import OFFICERS, choose

PROBLEM_TYPE = "application/problem+json"
WORDED = ("arrival", 1)
"""The form whose text files hold the sentences for values that it shares with the API: phones, names, dates."""


STATUSES: tuple[tuple[type[WaystationError], int, str], ...] = (
    (Malformed, 400, N_("The body is not JSON in UTF-8.")),
    (NotSignedIn, 401, N_("A key is needed: Authorization: Bearer.")),
    (NotPermitted, 403, N_("The desk of this key may not do this.")),
    (NotFound, 404, N_("There is nothing here, or nothing that this key may see.")),
    (NotInState, 409, N_("This is not allowed in the present state.")),
    (Unconfirmed, 409, N_("This sends many texts: look at what they cost, and send it again with confirm: true.")),
    (Conflict, 409, N_("This is not possible as things stand.")),
    (Stale, 412, N_("It was changed meanwhile: read it again.")),
    (TooLarge, 413, N_("The body is larger than 256 kB.")),
    (WrongType, 415, N_("Send application/json.")),
    (Invalid, 422, N_("Some fields cannot be used.")),
    (KeyReused, 422, N_("This idempotency key came before with another body.")),
    (Required, 428, N_("Send the ETag that you read as If-Match.")),
    (Unavailable, 503, N_("A part that is needed is away for a moment. Nothing was half written: try again.")),
)

SENTENCES: Mapping[str, str] = {
    "required": N_("This is needed."),
    "wrong_type": N_("This is of another type than the reference says."),
    "unknown_field": N_("There is no such field: leave it out."),
    "too_long": N_("This is longer than allowed."),
    "too_short": N_("This is shorter than allowed."),
    "too_many": N_("These are more than allowed."),
    "repeated": N_("This is there twice: give it once."),
    "not_a_choice": N_("This is none of the choices."),
    "forbidden_character": N_("This holds a character that cannot be used."),
    "not_a_date": N_("Write the date as YYYY-MM-DD."),
    "not_a_time": N_("Write the time as RFC 3339 with its offset."),
    "not_a_cursor": N_("Use the cursor that the list answered with, or none."),
    "not_a_time_zone": N_("Use a time zone of the IANA database, such as Asia/Shanghai."),
    "out_of_range": N_("This is outside the range that is allowed."),
    "before_start": N_("The end lies before the start."),
    "implausible_date": N_("This date is too far from today."),
    "unknown": N_("There is no such thing."),
}


def status_of(error: WaystationError) -> tuple[int, str]:
    """The HTTP status of an error, and its title as a message id."""
    return next((status, title) for kind, status, title in STATUSES if isinstance(error, kind))


class Fault(Struct, frozen=True):
    """One thing wrong with one field: ``field`` is a dotted path such as ``companions.1.phone``."""

    field: str
    code: str
    message: str


class Cost(Struct, frozen=True):
    """What a verb's texts cost by the price list of ``as_of``; ``languages`` counts texts."""

    messages: int
    segments: int
    price: str
    currency: str
    as_of: date
    languages: dict[str, int]


class Problem(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """RFC 9457 problem details. ``state`` and ``allowed`` come with a verb that the state does not allow,
    ``cost`` with one that needs ``confirm``."""

    type: str
    title: str
    status: int
    code: str
    errors: list[Fault] = field(default_factory=list)
    state: str | None = None
    allowed: list[str] | None = None
    params: dict[str, str] = field(default_factory=dict)
    cost: Cost | None = None


def problem(error: WaystationError, language: str) -> Response:
    """The answer for an error of ours."""
    status, title = status_of(error)
    return _answered(status, title, error.code, language, **_details(error, language))


def broken(language: str) -> Response:
    """The answer for what nobody foresaw."""
    return _answered(500, N_("Something went wrong. It was recorded."), "broken", language)


def _details(error: WaystationError, language: str) -> dict[str, Any]:
    if isinstance(error, Invalid):
        return {"errors": [_fault(fault, language) for fault in error.errors]}
    if isinstance(error, NotInState):
        return {"state": str(error.state), "allowed": offered(error.allowed, error.state)}
    if isinstance(error, Unconfirmed):
        cost = error.cost
        price = f"{cost.price:.4f}"
        said = Cost(cost.messages, cost.segments, price, cost.currency, cost.as_of, dict(cost.languages))
        return {"cost": said}
    return {"params": dict(error.params)} if isinstance(error, Conflict) else {}


def _answered(status: int, title: str, code: str, language: str, **details: Any) -> Response:
    body = Problem(type="about:blank", title=_said(language, title), status=status, code=code, **details)
    return answered(status, msgspec.to_builtins(body), HEADERS.get(status, {}), PROBLEM_TYPE)


HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": "Bearer"},
    503: {"Retry-After": str(RETRY_AFTER)},
}


def _said(language: str, message: str) -> str:
    """The API's own words, in the nearest language that has them; a form's are in the one that was asked for."""
    return said(choose(language, offered=OFFICERS), message)


def _fault(fault: FieldError, language: str) -> Fault:
    """A form's field is spoken of in the form's words, any other in the API's."""
    form, own = load(*WORDED), SENTENCES.get(fault.code)
    if own is not None and fault.field.partition(".")[0] not in form.fields:
        return Fault(fault.field, fault.code, _said(language, own))
    return Fault(fault.field, fault.code, sentence(form, language, fault))


def answered(status: int, body: Any, headers: Mapping[str, str], content_type: str = "application/json") -> Response:
    """A JSON answer that nobody keeps."""
    text = "" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    fixed = {"Content-Type": content_type, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(text, headers={**fixed, **headers}, status_code=status)
