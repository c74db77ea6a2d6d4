"""The table of answer types: one handler each."""

from chalicelib.intake.types import choices, codes, dates, numbers, phones, texts
from chalicelib.intake.types.answer import AnswerType

TYPES: dict[str, AnswerType] = {
    "text": texts.TEXT,
    "long_text": texts.LONG_TEXT,
    "address": texts.LONG_TEXT,
    "name": texts.NAME,
    "email": texts.EMAIL,
    "date": dates.DATE,
    "choice": choices.CHOICE,
    "choices": choices.CHOICES,
    "yes_no": choices.YES_NO,
    "flag": choices.FLAG,
    "confirm": choices.CONFIRM,
    "district": choices.DISTRICT,
    "country": codes.COUNTRY,
    "language": codes.LANGUAGE,
    "flight": codes.FLIGHT,
    "document": codes.DOCUMENT,
    "phone": phones.PHONE,
    "temperature": numbers.TEMPERATURE,
}
"""By the name in form.toml. ``group`` is no answer but answers: see groups.py."""
