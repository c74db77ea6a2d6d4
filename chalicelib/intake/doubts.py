"""Phones that are valid and yet unlikely: the page asks for them a second time. Nobody is refused for one.

Page and API take the same answers; only the page asks twice, since only there a hand may have slipped.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.intake.context import IntakeContext
from chalicelib.intake.definition import Field
from chalicelib.intake.forms import Form
from chalicelib.intake.refused import Refused
from chalicelib.intake.sentences import said_of_item, split_path
from chalicelib.intake.texts import Texts
from chalicelib.intake.types import TYPES, phones
from chalicelib.intake.views import AgainView

FIELD = "_again"
ALIKE = 6
"""So many digits in a row that are all the same, or that count up or down, are rarely a number that somebody has."""
ROWS = (*(digit * ALIKE for digit in "0123456789"), *("0123456789"[n : n + ALIKE] for n in range(10 - ALIKE + 1)))


@dataclass(frozen=True)
class Doubt:
    """The path of a phone, why it is doubted (a code with words in each language), and the number as understood."""

    path: str
    code: str
    phone: str


def name_of(path: str) -> str:
    """The name under which the second typing of a phone is posted."""
    return f"{FIELD}.{path}"


def typed_again(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was typed a second time, as it was posted."""
    return [(name, value) for name, value in pairs if name.startswith(f"{FIELD}.") and value.strip()]


def doubts(
    form: Form, answers: Mapping[str, Any], pairs: Iterable[tuple[str, str]], context: IntakeContext
) -> tuple[Doubt, ...]:
    """What is left to doubt of validated answers: a phone that was typed again the same is no longer."""
    again = dict(typed_again(pairs))
    found = []
    for path, field, phone, code in _doubtful(form, answers, context):
        second = again.get(name_of(path), "")
        if not second or _read(second, field, context) != phone:
            found.append(Doubt(path, "differs" if second else code, phones.displayed(phone)))
    return tuple(found)


def _read(typed: str, field: Field, context: IntakeContext) -> str:
    try:
        return str(TYPES[field.type].read(typed, field, context))
    except Refused:
        return ""


def _doubtful(form: Form, answers: Mapping[str, Any], context: IntakeContext) -> Iterator[tuple[str, Field, str, str]]:
    """Path, question, number and reason of each phone that is asked for twice when it is doubtful."""
    known = {answers[name] for name, field in form.fields.items() if field.type == "phone" and name in answers}
    homes = {context.point_region, *_countries(answers)}
    for group, scope in form.groups.items():
        asked = [(name, field) for name, field in scope.fields.items() if field.again]
        for index, item in enumerate(answers.get(group) or ()):
            for name, field in asked:
                phone = item.get(name, "")
                code = phone and _reason(phone, known, homes)
                known = known | {phone}
                if code:
                    yield f"{group}.{index}.{name}", field, phone, code


def _reason(phone: str, known: set[str], homes: set[str]) -> str:
    """Why a number is doubtful, else empty."""
    if phone in known:
        return "same"
    if any(row in phone or row[::-1] in phone for row in ROWS):
        return "row"
    return "" if phones.calling_code(phone) in {phones.calling_code_of(home) for home in homes} else "abroad"


def _countries(answers: Mapping[str, Any]) -> Iterator[str]:
    """Countries that the traveller has to do with: of the document, the nationality, and where they have been."""
    for name in ("nationality", "document_country"):
        if name in answers:
            yield answers[name]
    yield from (place["country"] for place in answers.get("places_14d") or ())


def again_view(texts: Texts, path: str, typed: str, doubt: Doubt | None) -> AgainView | None:
    """The second box of a phone, once there is a doubt or something was typed in it."""
    words = texts.file.again
    if words is None or not (doubt or typed):
        return None
    said = words.reasons[doubt.code].format(phone=doubt.phone) if doubt else ""
    return AgainView(name_of(path), name_of(path).lstrip("_").replace(".", "-"), words.label, typed, said)


def to_repeat(form: Form, texts: Texts, doubt: Doubt) -> tuple[str, str]:
    """Where to go, and why to type it again: for the summary of what is to mend."""
    view = again_view(texts, doubt.path, "", doubt)
    group, index, _ = split_path(form, doubt.path)
    said = view.error if view else doubt.phone
    return name_of(doubt.path).lstrip("_").replace(".", "-"), said_of_item(texts, group, index + 1, said)
