"""What is wrong with a form's words in a language: nothing missing, nothing left over, sentences that can be filled."""

import string
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from chalicelib.domain.errors import FieldError
from chalicelib.intake import rules
from chalicelib.intake.definition import Field, Scope
from chalicelib.intake.forms import Form
from chalicelib.intake.sentences import sentence
from chalicelib.intake.types import TYPES
from chalicelib.intake.types.dates import PARTS
from chalicelib.intake.validate import FORM_CODES
from chalicelib.intake.wording import (
    AgainText,
    Common,
    FieldText,
    GroupText,
    LinesText,
    SectionText,
    Signing,
    TextFile,
)
from chalicelib.messaging.wordings import languages
from tools.form_files import Source

GROUP_CODES = frozenset({"wrong_type", "too_many"})
PARAMS = {
    "too_long": {"max"}, "too_short": {"min"}, "too_many": {"max"}, "too_many_fields": {"max"}, "too_low": {"min"},
    "too_high": {"max"}, "too_early": {"earliest", "latest"}, "too_late": {"earliest", "latest"},
}  # fmt: skip
"""What a sentence may ask for beside the thing itself: no handler gives any other."""
TABLES: Mapping[str, Any] = {
    "section": SectionText, "field": FieldText, "group": GroupText, "signed": Signing, "error_of": dict[str, str],
}  # fmt: skip
BOXES: Mapping[str, Any] = {"lines": LinesText, "again": AgainText}
"""What a page may ask beside its questions, and has words for only if it does."""
Asked = tuple[str, str, Field]
"""A question: its group (or nothing), its name, its definition."""


def check_shape(source: Source) -> bool:
    """Whether a text file can be read; what is wrong is in its faults."""
    if source.faults:
        return False
    source.convert(source.raw.get("common"), Common, "common")
    for table, kind in BOXES.items():
        source.convert(source.raw.get(table), kind | None, table)
    for table, kind in TABLES.items():
        for name, words in (source.raw.get(table) or {}).items():
            source.convert(words, kind, table, name)
    if not source.faults:
        source.convert(source.raw, TextFile)
    return not source.faults


def check_texts(source: Source, form: Form, language: str) -> None:
    """Judge a text file that can be read by what the form asks."""
    file, every = msgspec.convert(source.raw, TextFile), tuple(questions(form))
    _common(source, file)
    _expected(source, "section", set(file.section), {section.id for section in form.sections})
    _expected(source, "group", set(file.group), set(form.groups))
    _expected(source, "signed", set(file.signed), {field.signs for _, _, field in every if field.signs})
    _boxes(source, form, every)
    needed = {name for group, name, _ in every if not group} | {f"{group}.{name}" for group, name, _ in every if group}
    for name in sorted(set(file.field) - needed):
        source.blame(f'the form has no question "{name}"', "field", name)
    if source.faults:
        return
    for one in every:
        _words(source, form, language, one)
    _sentences(source, form, language, file, every)
    _parameters(source, file)


def questions(form: Form) -> Iterator[Asked]:
    """Every question of the form and of its groups."""
    for group, scope in _scopes(form):
        for name, field in scope.fields.items():
            yield group, name, field


def _scopes(form: Form) -> Iterator[tuple[str, Scope]]:
    yield "", form.scope
    yield from form.groups.items()


def codes_of(form: Form, asked: Asked) -> set[str]:
    """Every code that a question can be refused with."""
    group, name, field = asked
    codes = set(GROUP_CODES if field.type == "group" else TYPES[field.type].codes)
    codes |= {"required"} if field.required else set()
    for rule in (form.groups[group] if group else form.scope).rules:
        for ruled, said in zip(rule.fields, rules.CODES[rule.kind], strict=False):
            codes |= said if ruled == name else set()
    for rule in form.scope.rules:
        if (group, name) == (rule.fields[0], rule.fields[-1]):
            codes |= rules.ITEM_CODES.get(rule.kind, set())
    return codes


def _common(source: Source, file: TextFile) -> None:
    if len(file.common.months) != 12:
        source.blame("a year has 12 months", "common", "months")
    if set(file.common.date_parts) != set(PARTS):
        source.blame(f"a date has the parts {', '.join(PARTS)}", "common", "date_parts")


def _expected(source: Source, table: str, there: set[str], needed: set[str]) -> None:
    for name in sorted(needed - there):
        source.blame(f"[{table}.{name}] is missing", table)
    for name in sorted(there - needed):
        source.blame(f"the form has no use for [{table}.{name}]", table, name)


def _boxes(source: Source, form: Form, every: tuple[Asked, ...]) -> None:
    asked = {"lines": form.lines is not None, "again": any(field.again for _, _, field in every)}
    for table, needed in asked.items():
        if needed and table not in source.raw:
            source.blame(f"[{table}] is missing")
        if table in source.raw and not needed:
            source.blame(f"the form has no use for [{table}]", table)


def _words(source: Source, form: Form, language: str, asked: Asked) -> None:
    group, name, field = asked
    words, path = form.texts(language).field(name, group), f"{group}.{name}" if group else name
    for part in ("label", "thing"):
        if not getattr(words, part):
            source.blame(f'"{path}" has no {part}', "field", path)
    wanted = set(languages()) if field.type == "language" else set(field.options)
    for option in sorted(wanted - set(words.choices)):
        source.blame(f'"{path}" has no words for the choice "{option}"', "field", path, "choices")
    for option in sorted(set(words.choices) - wanted):
        source.blame(f'"{option}" is no choice of "{path}"', "field", path, "choices", option)
    for code in sorted(set(words.errors) - codes_of(form, asked)):
        source.blame(f'"{path}" is never refused for "{code}"', "field", path, "errors", code)


def _sentences(source: Source, form: Form, language: str, file: TextFile, every: tuple[Asked, ...]) -> None:
    for code in sorted(_general(form, language, file, every) - set(file.error)):
        source.blame(f'no sentence for "{code}"', "error")
    for code in sorted(set(file.error) - _general(form, language, file, every)):
        source.blame(f'no answer is refused for "{code}"', "error", code)
    by_type: dict[str, set[str]] = {}
    for one in every:
        by_type.setdefault(one[2].type, set()).update(codes_of(form, one))
    for kind, said in file.error_of.items():
        for code in sorted(set(said) - by_type.get(kind, set())):
            source.blame(f'no {kind} is refused for "{code}"', "error_of", kind, code)


def _general(form: Form, language: str, file: TextFile, every: tuple[Asked, ...]) -> set[str]:
    """Codes that need a sentence under [error]: those that no question and no type has its own for."""
    needed = {"refused"} | FORM_CODES
    for group, name, field in every:
        own = set(file.error_of.get(field.type, {})) | set(form.texts(language).field(name, group).errors)
        needed |= codes_of(form, (group, name, field)) - own
    return needed


def _parameters(source: Source, file: TextFile) -> None:
    tables: list[tuple[tuple[str, ...], Mapping[str, str]]] = [(("error",), file.error)]
    tables += [(("error_of", kind), said) for kind, said in file.error_of.items()]
    tables += [(("field", name, "errors"), words.errors) for name, words in file.field.items()]
    for keys, sentences in tables:
        for code, template in sentences.items():
            for name in _asked_for(source, template, *keys, code):
                if name not in {"thing"} | PARAMS.get(code, set()):
                    source.blame(f"{{{name}}} is not known where this is said", *keys, code)


def _asked_for(source: Source, template: str, *keys: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError as wrong:
        source.blame(str(wrong), *keys)
        return set()


def every_error(form: Form) -> Iterator[FieldError]:
    """One error for each question and each code that it can be refused with."""
    for group, name, field in questions(form):
        for code in sorted(codes_of(form, (group, name, field))):
            given = dict.fromkeys(PARAMS.get(code, ()), "7")
            yield FieldError(f"{group}.0.{name}" if group else name, code, given)
    for code in sorted(FORM_CODES):
        yield FieldError("answers", code, dict.fromkeys(PARAMS.get(code, ()), "7"))


def said_of_all(form: Form, language: str) -> Iterator[str]:
    """Every sentence that a form can say of a fault."""
    yield from (sentence(form, language, error) for error in every_error(form))
