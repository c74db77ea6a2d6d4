"""Calendar dates: ISO, or day, month and year each by name. Nothing else, since 02/11/20 means three things."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.intake.characters import compact
from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.refused import Refused
from chalicelib.intake.types.answer import AnswerType

PARTS = ("day", "month", "year")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LIMIT = 20
_MARKS = re.compile("[.年月日号號년월일]+$")
MOST = {"day": 31, "month": 12}
CENTURIES = (1900, 2000)


def _date(value: Any, field: Field, context: IntakeContext) -> str:
    day = _plausible(_calendar(*_numbers(value, field, context.today)), field, context.today)
    return day.isoformat()


def _numbers(value: Any, field: Field, today: date) -> tuple[int, int, int]:
    """Year, month and day as typed."""
    if isinstance(value, str):
        return _from_iso(value)
    if isinstance(value, Mapping) and set(value) <= set(PARTS):
        return _from_parts(value, field, today)
    raise Refused("wrong_type")


def _from_iso(value: str) -> tuple[int, int, int]:
    found = _ISO.fullmatch(compact(value, _LIMIT))
    if not found:
        raise Refused("date_unclear")
    year, month, day = (int(part) for part in found.groups())
    return year, month, day


def _from_parts(value: Mapping[str, Any], field: Field, today: date) -> tuple[int, int, int]:
    texts = {part: _part(value.get(part)) for part in PARTS}
    texts["month"] = months().get(texts["month"].replace(".", ""), texts["month"])
    texts = {part: _MARKS.sub("", text) for part, text in texts.items()}
    if not all(texts.values()):
        raise Refused("date_incomplete")
    if not all(re.fullmatch(r"[0-9]{1,4}", text) for text in texts.values()):
        raise Refused("date_unclear")
    day, month = int(texts["day"]), int(texts["month"])
    if day > MOST["day"] or month > MOST["month"]:
        raise Refused("day_too_large" if day > MOST["day"] else "month_too_large")
    if len(texts["year"]) != 4:
        raise Refused("year_digits", years=_years(int(texts["year"]), month, day, field, today))
    return int(texts["year"]), month, day


@cache
def months() -> Mapping[str, str]:
    """The number of a month by its name in any language of the form, in capitals; accents may be left out."""
    names = tomllib.loads((files("chalicelib.intake.types") / "months.toml").read_text("utf-8"))
    return {way: number for number, known in names.items() for name in known for way in (name, _bare(name))}


def _bare(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def _years(year: int, month: int, day: int, field: Field, today: date) -> str:
    """Which years the last two digits may mean here, to be asked for: nobody's century is guessed."""
    meant = [century + year for century in CENTURIES if year < 100]
    possible = [one for one in meant if _is_meant(one, month, day, field, today)]
    return " / ".join(map(str, possible)) or str(today.year)


def _is_meant(year: int, month: int, day: int, field: Field, today: date) -> bool:
    try:
        return _plausible(date(year, month, day), field, today) is not None
    except (ValueError, Refused):
        return False


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
        | {"year_digits", "day_too_large", "month_too_large", "too_early", "too_late"}
    ),
    shape="date",
)
