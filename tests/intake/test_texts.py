"""The language files have what the form needs: nothing missing, nothing that no longer has a use."""

import string
from collections.abc import Iterator

import pytest

from chalicelib.domain.errors import FieldError
from chalicelib.intake import countries, rules
from chalicelib.intake.characters import CODES as CHARACTER_CODES
from chalicelib.intake.definition import Field, Scope
from chalicelib.intake.display import SHOW
from chalicelib.intake.forms import load
from chalicelib.intake.sentences import sentence
from chalicelib.intake.types import TYPES
from chalicelib.intake.types.dates import PARTS
from chalicelib.intake.validate import FORM_CODES
from chalicelib.messaging.wordings import languages
from chalicelib.web.api.form_schema import known_forms
from tests.intake.faults import FORM

LANGUAGES = FORM.languages
EVERY = [load(*one) for one in known_forms()]
TEXT_LANGUAGES = languages()
"""A contact reads texts, not our pages."""
GROUP_CODES = frozenset({"wrong_type", "too_many"})
# What no handler gives a parameter for may not be asked for in a sentence.
PARAMS = {
    "too_long": {"max"},
    "too_short": {"min"},
    "too_many": {"max"},
    "too_many_fields": {"max"},
    "too_early": {"earliest", "latest"},
    "too_late": {"earliest", "latest"},
}


def scopes() -> Iterator[tuple[str, Scope]]:
    yield "", FORM.scope
    yield from FORM.groups.items()


def paths() -> Iterator[tuple[str, str, Field]]:
    for group, scope in scopes():
        for name, field in scope.fields.items():
            yield group, name, field


def codes_of(group: str, name: str, field: Field) -> set[str]:
    """Every code that this field can be refused with."""
    codes = set(GROUP_CODES if field.type == "group" else TYPES[field.type].codes)
    scope = FORM.groups[group] if group else FORM.scope
    if field.required:
        codes.add("required")
    for rule in scope.rules:
        for ruled, said in zip(rule.fields, rules.CODES[rule.kind], strict=False):
            codes |= said if ruled == name else set()
    for rule in FORM.scope.rules:
        if (group, name) == (rule.fields[0], rule.fields[-1]):
            codes |= rules.ITEM_CODES.get(rule.kind, set())
    return codes


def every_error() -> Iterator[FieldError]:
    for group, name, field in paths():
        for code in codes_of(group, name, field):
            yield FieldError(f"{group}.0.{name}" if group else name, code, dict.fromkeys(PARAMS.get(code, ()), "7"))
    for code in FORM_CODES:
        yield FieldError("answers", code, dict.fromkeys(PARAMS.get(code, ()), "7"))


def test_every_answer_type_is_used_and_can_be_shown() -> None:
    assert set(SHOW) == set(TYPES)
    used = {field.type for form in EVERY for field in form.definitions.values()}
    assert used == set(TYPES) | {"group"}
    assert set(rules.RULES) == set(rules.CODES) == {rule.kind for _, scope in scopes() for rule in scope.rules}


def test_no_definition_is_left_over() -> None:
    used = {key for group, name, _ in paths() for key in _keys_of(group, name, set(FORM.definitions))}
    assert used == set(FORM.definitions)


def _keys_of(group: str, name: str, known: set[str]) -> set[str]:
    own = f"{group}.{name}" if group else name
    return {own} if own in known else {name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_words(language: str) -> None:
    texts = FORM.texts(language)
    for group, name, field in paths():
        words = texts.field(name, group)
        assert words.label, (group, name)
        assert words.thing, (group, name)
        wanted = set(TEXT_LANGUAGES) if field.type == "language" else set(field.options)
        assert set(words.choices) == wanted, (group, name)
        assert set(words.errors) <= codes_of(group, name, field), (group, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over(language: str) -> None:
    file, every = FORM.texts(language).file, list(paths())
    needed = {name for group, name, _ in every if not group} | {f"{group}.{name}" for group, name, _ in every if group}
    assert set(file.field) <= needed
    assert set(file.section) == {section.id for section in FORM.sections}
    assert set(file.group) == set(FORM.groups)
    assert set(file.signed) == {field.signs for _, _, field in every if field.signs}
    assert len(file.common.months) == 12
    assert set(file.common.date_parts) == set(PARTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    for error in every_error():
        said = sentence(FORM, language, error)
        assert "…" not in said, (error, said)
        assert "{" not in said, (error, said)
        assert said != sentence(FORM, language, FieldError(error.field, "no such code")), error


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_over(language: str) -> None:
    file = FORM.texts(language).file
    by_type: dict[str, set[str]] = {}
    general: set[str] = {"refused"} | FORM_CODES
    for group, name, field in paths():
        codes = codes_of(group, name, field)
        by_type.setdefault(field.type, set()).update(codes)
        special = set(file.error_of.get(field.type, {})) | set(FORM.texts(language).field(name, group).errors)
        general |= codes - special
    assert set(file.error) == general
    for kind, sentences in file.error_of.items():
        assert set(sentences) <= by_type[kind], kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_ask_for_no_parameter_that_is_not_given(language: str) -> None:
    file = FORM.texts(language).file
    tables = [file.error, *file.error_of.values(), *(words.errors for words in file.field.values())]
    for table in tables:
        for code, template in table.items():
            asked = {name for _, name, _, _ in string.Formatter().parse(template) if name}
            assert asked <= {"thing"} | PARAMS.get(code, set()), template


def test_a_sentence_says_which_one_and_dates_by_month() -> None:
    late = FieldError("arrival_date", "too_late", {"earliest": "2026-11-20", "latest": "2026-11-26"})
    assert "26 November 2026" in sentence(FORM, "en", late)
    assert "2026年11月26日" in sentence(FORM, "zh-Hans", late)
    second = FieldError("companions.1.family_name", "required")
    assert sentence(FORM, "en", second) == "Enter the family name (companion 2)"
    assert sentence(FORM, "zh-Hans", second) == "同行人2：请填写姓"


def test_a_sentence_for_whatever_error() -> None:
    for language in (*LANGUAGES, "tlh"):
        assert sentence(FORM, language, FieldError("companions.0.{thing}.x", "unheard_of"))
        assert sentence(FORM, language, FieldError("companions.x.y", "too_long"))
    assert "{0.__class__}" in sentence(FORM, "en", FieldError("{0.__class__}", "unknown_field"))


def test_another_language_reads_english() -> None:
    assert FORM.texts("tlh") is FORM.texts("en")


def test_countries_are_the_same_in_every_language() -> None:
    for language in LANGUAGES:
        assert set(countries.names(language)) == countries.codes()
    assert {"CN", "GB", "NO", "TW"} <= countries.codes()
    assert countries.names("tlh") == countries.names("en")


def test_the_characters_every_typed_answer_is_checked_for() -> None:
    typed = [name for name, kind in TYPES.items() if kind.shape == "one" and "too_long" in kind.codes]
    assert all(TYPES[name].codes >= CHARACTER_CODES for name in typed)
