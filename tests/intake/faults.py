"""What is wrong with answers, in short."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.errors import Invalid
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.forms import load
from chalicelib.intake.validate import validate
from tests.intake.example import CONTEXT, valid_answers

FORM = load("arrival", 1)


def faults(answers: object, context: IntakeContext = CONTEXT) -> list[tuple[str, str]]:
    """(field, code) of every error; empty when the answers are taken."""
    try:
        validate(FORM, answers, context)
    except Invalid as invalid:
        return [(error.field, error.code) for error in invalid.errors]
    return []


def read(answers: Mapping[str, Any], context: IntakeContext = CONTEXT) -> dict[str, Any]:
    """The normalised answers."""
    return validate(FORM, answers, context)


def answer(name: str, value: Any) -> Any:
    """One answer, normalised among others that are right: the value, or the code that refuses it."""
    answers = valid_answers(**{name: value})
    found = dict(faults(answers))
    return found.get(name) if found else read(answers).get(name)
