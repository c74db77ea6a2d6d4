"""Bodies and their types: what is read from JSON, and how a body that does not fit is refused."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, TypeVar

import msgspec

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.intake.characters import harmless
from chalicelib.web.forms import Malformed, TooLarge, WrongType

B = TypeVar("B")
LARGEST = 256 * 1024
EXACT = 2**53
"""Beyond it a whole number in floating point may be another one than was written."""
ANSWERS = "answers"
"""The field that a form judges, not a type: its strings are the form's business."""

_ENDS = re.compile("[\r\n\u0085\u2028\u2029]")
"""Ends of lines: a pattern's ``$`` lets one pass at the end of a value."""
_CODES = (
    (r"missing required field `(\w+)`", "required"),
    (r"contains unknown field `(.+)`", "unknown_field"),
    (r"of length <=", "too_long"),
    (r"of length >=", "too_short"),
    (r"Invalid enum value", "not_a_choice"),
    (r"matching regex", "not_a_choice"),
    (r"Invalid RFC3339 (?:encoded )?date\b", "not_a_date"),
    (r"Invalid RFC3339|timezone component", "not_a_time"),
    (r"Expected `int` [<>]", "out_of_range"),
)


def parse(raw: bytes, content_type: str) -> Any:
    """The JSON of a body, ``{}`` for none; raises TooLarge, WrongType, Malformed."""
    if len(raw) > LARGEST:
        raise TooLarge
    if not raw:
        return {}
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise WrongType
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant, parse_float=_number)
    except (ValueError, RecursionError):
        raise Malformed from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _number(digits: str) -> float:
    """To JSON Schema, which the reference speaks, ``80.0`` is an integer."""
    number = float(digits)
    if not isfinite(number):
        raise ValueError("too large")
    return int(number) if number.is_integer() and abs(number) <= EXACT else number


def read(kind: type[B], raw: Any) -> B:
    """The body as its type; raises Invalid naming the field at fault."""
    _check_strings(raw)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as fault:
        raise Invalid((_fault(str(fault)),)) from None
    except UnicodeError:
        # Half a character where the type wants something else: answers are the only strings not judged before.
        raise Invalid((FieldError(ANSWERS, "forbidden_character"),)) from None


def _check_strings(raw: Any) -> None:
    """No name or value holds a control character, a line break, half a character or a bidirectional override."""
    for path, text in _strings(raw):
        # Judged before any length is known, so not normalised: many accents on one letter take it minutes.
        if _ENDS.search(text) or not harmless(text):
            raise Invalid((FieldError(path, "forbidden_character"),))


def _strings(raw: Any) -> Iterator[tuple[str, str]]:
    """Every string with its dotted path; not by recursion, since depth is the sender's choice."""
    waiting: list[tuple[str, Any]] = [("", raw)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path or "body", value
        elif isinstance(value, list):
            waiting += [(_joined(path, str(place)), item) for place, item in enumerate(value)]
        elif isinstance(value, dict):
            yield from ((path or "body", name) for name in value)
            waiting += [(_joined(path, name), item) for name, item in value.items() if path or name != ANSWERS]


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}"[:100] if path else name[:100]


def _fault(said: str) -> FieldError:
    """msgspec's sentence as field and code."""
    message, _, where = said.partition(" - at `")
    path = [part for part in re.split(r"[.\[\]]+", where.rstrip("`").lstrip("$")) if part and part != "..."]
    for pattern, code in _CODES:
        found = re.search(pattern, message)
        if found:
            named = [found[1]] if found.groups() else []
            return FieldError(".".join([*path, *named])[:100] or "body", code)
    return FieldError(".".join(path)[:100] or "body", "wrong_type")
