"""Numbers that are measured: read in every script and with either decimal mark, kept exactly, as text."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from chalicelib.intake.characters import CODES, compact
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types.answer import AnswerType

_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_MARKS = str.maketrans({",": ".", "\u066b": "."})
_UNIT = re.compile("(°C|°|C|度)$")
_TENTH = Decimal("0.1")
_LIMIT = 20


def _temperature(value: Any, field: Field, context: IntakeContext) -> str:
    """Degrees Celsius with one decimal, between the field's ``min`` and ``max``: ``36,85 °C`` is 36.9."""
    written = _UNIT.sub("", compact(value, _LIMIT).translate(_MARKS))
    if not _NUMBER.fullmatch(written):
        raise Refused("not_a_number")
    degrees = Decimal(written)
    if degrees < field.min:
        raise Refused("too_low", min=str(field.min))
    if degrees > field.max:
        raise Refused("too_high", max=str(field.max))
    return str(degrees.quantize(_TENTH, ROUND_HALF_UP))


TEMPERATURE = AnswerType(_temperature, CODES | {"not_a_number", "too_low", "too_high"})
