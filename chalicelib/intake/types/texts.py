"""Text, long text and addresses, names, e-mail addresses. Markup is text like any other: pages escape it."""

import re
import unicodedata
from typing import Any

from chalicelib.intake.characters import CODES, line, paragraph
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types.answer import AnswerType

_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")


def _text(value: Any, field: Field, context: IntakeContext) -> str:
    return line(value, field.max)


def _long_text(value: Any, field: Field, context: IntakeContext) -> str:
    return paragraph(value, field.max)


def _name(value: Any, field: Field, context: IntakeContext) -> str:
    """Any script; no digits of any script (contract: names take digits of none)."""
    name = line(value, field.max)
    if any(unicodedata.category(char) in {"Nd", "No"} for char in name):
        raise Refused("digits")
    return name


def _email(value: Any, field: Field, context: IntakeContext) -> str:
    local, at, domain = unicodedata.normalize("NFKC", line(value, field.max)).rpartition("@")
    address = f"{local}{at}{domain.lower()}"
    if len(address) > field.max or not _EMAIL.fullmatch(address):
        raise Refused("not_an_email")
    return address


TEXT = AnswerType(_text, CODES)
LONG_TEXT = AnswerType(_long_text, CODES)
NAME = AnswerType(_name, CODES | {"digits"})
EMAIL = AnswerType(_email, CODES | {"not_an_email"})
