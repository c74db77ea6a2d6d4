"""Answers out of a list: choice, choices, yes or no, a district; and boxes to tick."""

from typing import Any

from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types.answer import AnswerType

YES_OR_NO = ("yes", "no")
_MANY = 100


def _known(value: Any, options: tuple[str, ...]) -> str:
    if not isinstance(value, str):
        raise Refused("wrong_type")
    if value not in options:
        raise Refused("not_a_choice")
    return value


def _choice(value: Any, field: Field, context: IntakeContext) -> str:
    return _known(field.aliases.get(value, value) if isinstance(value, str) else value, field.options)


def _choices(value: Any, field: Field, context: IntakeContext) -> list[str]:
    """In the form's order, each once, so that equal answers are equal."""
    if not isinstance(value, list):
        raise Refused("wrong_type")
    if len(value) > _MANY:
        raise Refused("too_many", max=str(len(field.options)))
    chosen = {_known(item, field.options) for item in value}
    return [option for option in field.options if option in chosen]


def _yes_no(value: Any, field: Field, context: IntakeContext) -> str:
    return _known(value, YES_OR_NO)


def _flag(value: Any, field: Field, context: IntakeContext) -> bool:
    if not isinstance(value, bool):
        raise Refused("wrong_type")
    return value


def _confirm(value: Any, field: Field, context: IntakeContext) -> bool:
    if value is not True:
        raise Refused("must_be_true")
    return True


def _district(value: Any, field: Field, context: IntakeContext) -> str:
    if not isinstance(value, str):
        raise Refused("wrong_type")
    if value not in context.districts and value not in field.options:
        raise Refused("unknown_district")
    return value


CHOICE = AnswerType(_choice, frozenset({"wrong_type", "not_a_choice"}))
CHOICES = AnswerType(_choices, frozenset({"wrong_type", "not_a_choice", "too_many"}), shape="many")
YES_NO = AnswerType(_yes_no, frozenset({"wrong_type", "not_a_choice"}))
FLAG = AnswerType(_flag, frozenset({"wrong_type"}), shape="true")
CONFIRM = AnswerType(_confirm, frozenset({"must_be_true"}), shape="true")
DISTRICT = AnswerType(_district, frozenset({"wrong_type", "unknown_district"}))
