"""Calendar dates: ISO, or day, month and year each by name. Nothing else, since 02/11/20 means three things."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from chalicelib.intake.characters import compact
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types.answer import AnswerType

PARTS = ("day", "month", "year")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LIMIT = 20


def _date(value: Any, field: Field, context: IntakeContext) -> str:
    day = _plausible(_calendar(*_numbers(value)), field, context.today)
    return day.isoformat()


def _numbers(value: Any) -> tuple[int, int, int]:
    """Year, month and day as typed."""
    if isinstance(value, str):
        return _from_iso(value)
    if isinstance(value, Mapping) and set(value) <= set(PARTS):
        return _from_parts(value)
    raise Refused("wrong_type")


def _from_iso(value: str) -> tuple[int, int, int]:
    found = _ISO.fullmatch(compact(value, _LIMIT))
    if not found:
        raise Refused("date_unclear")
    year, month, day = (int(part) for part in found.groups())
    return year, month, day


def _from_parts(value: Mapping[str, Any]) -> tuple[int, int, int]:
    texts = {part: _part(value.get(part)) for part in PARTS}
    if not all(texts.values()):
        raise Refused("date_incomplete")
    if not all(re.fullmatch(r"[0-9]{1,4}", text) for text in texts.values()):
        raise Refused("date_unclear")
    if len(texts["year"]) != 4:
        raise Refused("year_digits")
    return int(texts["year"]), int(texts["month"]), int(texts["day"])


def _part(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if 0 <= value <= 9999 else "-"
    return compact(value, _LIMIT)


def _calendar(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("date_impossible") from None


def _plausible(day: date, field: Field, today: date) -> date:
    earliest, latest = today + timedelta(field.earliest_days), today + timedelta(field.latest_days)
    if day < earliest:
        raise Refused("too_early", earliest=earliest.isoformat(), latest=latest.isoformat())
    if day > latest:
        raise Refused("too_late", earliest=earliest.isoformat(), latest=latest.isoformat())
    return day


DATE = AnswerType(
    _date,
    frozenset(
        {"wrong_type", "too_long", "forbidden_character", "date_unclear", "date_incomplete", "date_impossible"}
        | {"year_digits", "too_early", "too_late"}
    ),
    shape="date",
)
