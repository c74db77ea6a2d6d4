"""Codes with a grammar of their own: country, language, flight, document."""

import re
from typing import Any

from chalicelib.intake import countries
from chalicelib.intake.characters import CODES, compact, line
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types.answer import AnswerType

_FLIGHT = re.compile(r"(?=.?[A-Z])([A-Z0-9]{2})0{0,3}([1-9][0-9]{0,3}[A-Z]?)")
_DOCUMENT = re.compile(r"[A-Z0-9()/-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def _country(value: Any, field: Field, context: IntakeContext) -> str:
    code = compact(value, 20)
    if code not in countries.codes():
        raise Refused("unknown_country")
    return code


def _language(value: Any, field: Field, context: IntakeContext) -> str:
    """A language tag; messages fall back to English where we have no texts in it."""
    tag = line(value, 35)
    if not _LANGUAGE.fullmatch(tag):
        raise Refused("unknown_language")
    return tag


def _flight(value: Any, field: Field, context: IntakeContext) -> str:
    """Airline and number without leading zeros, as manifests have it: ``ca 0406`` is CA406."""
    found = _FLIGHT.fullmatch(compact(value, 20).replace("-", ""))
    if not found:
        raise Refused("not_a_flight")
    return found[1] + found[2]


def _document(value: Any, field: Field, context: IntakeContext) -> str:
    number = compact(value, field.max)
    if not _DOCUMENT.fullmatch(number):
        raise Refused("document_characters")
    if len(number) < field.min:
        raise Refused("too_short", min=str(field.min))
    return number


COUNTRY = AnswerType(_country, CODES | {"unknown_country"})
LANGUAGE = AnswerType(_language, CODES | {"unknown_language"})
FLIGHT = AnswerType(_flight, CODES | {"not_a_flight"})
DOCUMENT = AnswerType(_document, CODES | {"document_characters", "too_short"})
