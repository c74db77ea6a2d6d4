"""An answer as people read it, in one language: one way for each answer type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.intake import countries
from chalicelib.intake.definition import Field
from chalicelib.intake.texts import Texts
from chalicelib.intake.types import phones
from chalicelib.intake.wording import FieldText


@dataclass(frozen=True)
class Reader:
    """Who reads: the form's texts in a language, and the names of ``districts`` in it, by id."""

    texts: Texts
    districts: Mapping[str, str]


Show = Callable[[Any, FieldText, Reader], str]


def displayed(value: Any, field: Field, words: FieldText, reader: Reader) -> str:
    """The normalised answer as text, to be escaped like any other."""
    return SHOW[field.type](value, words, reader)


def options(field: Field, words: FieldText, reader: Reader) -> dict[str, str]:
    """What can be chosen: labels by value, in the order of the page; empty where an answer is typed."""
    if field.type == "country":
        return dict(countries.names(reader.texts.language))
    if field.type == "yes_no":
        return {"yes": reader.texts.file.common.yes, "no": reader.texts.file.common.no}
    if field.type == "district":
        return dict(reader.districts) | {option: words.choices[option] for option in field.options}
    if field.type == "language":
        return dict(words.choices)
    return {option: words.choices[option] for option in field.options}


def _plain(value: Any, words: FieldText, reader: Reader) -> str:
    return str(value)


def _choice(value: Any, words: FieldText, reader: Reader) -> str:
    return words.choices.get(value) or str(value)


def _choices(value: Any, words: FieldText, reader: Reader) -> str:
    return reader.texts.file.common.separator.join(_choice(item, words, reader) for item in value)


def _yes_no(value: Any, words: FieldText, reader: Reader) -> str:
    return reader.texts.file.common.yes if value == "yes" else reader.texts.file.common.no


def _flag(value: Any, words: FieldText, reader: Reader) -> str:
    return reader.texts.file.common.yes if value is True else reader.texts.file.common.no


def _confirm(value: Any, words: FieldText, reader: Reader) -> str:
    return reader.texts.file.common.agreed if value is True else reader.texts.file.common.no


def _district(value: Any, words: FieldText, reader: Reader) -> str:
    return reader.districts.get(value) or words.choices.get(value, value)


def _country(value: Any, words: FieldText, reader: Reader) -> str:
    return countries.names(reader.texts.language).get(value, value)


def _date(value: Any, words: FieldText, reader: Reader) -> str:
    return reader.texts.date(value)


def _phone(value: Any, words: FieldText, reader: Reader) -> str:
    return phones.displayed(value)


def _temperature(value: Any, words: FieldText, reader: Reader) -> str:
    return f"{value} °C"


SHOW: dict[str, Show] = {
    "text": _plain,
    "long_text": _plain,
    "address": _plain,
    "name": _plain,
    "email": _plain,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "flag": _flag,
    "confirm": _confirm,
    "district": _district,
    "country": _country,
    "language": _choice,
    "flight": _plain,
    "document": _plain,
    "phone": _phone,
    "temperature": _temperature,
}
