"""What a form says of a fault: what is wrong with which answer, and what to do."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.errors import FieldError
from chalicelib.intake.forms import Form
from chalicelib.intake.texts import Texts

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def sentence(form: Form, language: str, error: FieldError) -> str:
    """What is wrong and what to do, in ``language``; a code without a sentence gets the general one."""
    texts = form.texts(language)
    group, index, name = split_path(form, error.field)
    said = plainly(form, texts, group, name, error)
    return said_of_item(texts, group, index + 1, said)


def plainly(form: Form, texts: Texts, group: str, name: str, error: FieldError) -> str:
    """The same for a question of a group or of the form (an empty group), without saying which item it is."""
    thing = texts.field(name, group).thing or error.field
    return _template(form, texts, group, name, error.code).format_map(_Params(texts, thing, error.params))


def said_of_item(texts: Texts, group: str, number: int | str, said: str) -> str:
    """A sentence that tells which item of a group it is about, from 1; unchanged outside of groups."""
    return texts.file.group[group].sentence.format(sentence=said, number=number) if group else said


def split_path(form: Form, path: str) -> tuple[str, int, str]:
    """``companions.1.seat`` as group, index and name; outside a group the group is empty and the index 0."""
    group, _, rest = path.partition(".")
    index, _, name = rest.partition(".")
    if group in form.groups and index.isdecimal() and name:
        return group, int(index), name
    return "", 0, path.partition(".")[0] if group in form.fields else path


def _template(form: Form, texts: Texts, group: str, name: str, code: str) -> str:
    scope = form.groups[group] if group else form.scope
    kind = scope.fields[name].type if name in scope.fields else ""
    file = texts.file
    for place in (texts.field(name, group).errors, file.error_of.get(kind, {}), file.error):
        if code in place:
            return place[code]
    return file.error["refused"]


class _Params(dict[str, Any]):
    """Fills a sentence: dates with their month by name, and a gap where a parameter is missing, never an exception."""

    def __init__(self, texts: Texts, thing: str, params: Mapping[str, str]) -> None:
        shown = {key: texts.date(value) if _ISO_DATE.fullmatch(value) else value for key, value in params.items()}
        super().__init__(shown, thing=thing)

    def __missing__(self, key: str) -> str:
        return "…"
