"""The language files have what the form needs: nothing missing, nothing that no longer has a use."""

import pytest

from chalicelib.domain.errors import FieldError
from chalicelib.intake import countries, rules
from chalicelib.intake.characters import CODES as CHARACTER_CODES
from chalicelib.intake.display import SHOW
from chalicelib.intake.forms import Form, load
from chalicelib.intake.sentences import sentence
from chalicelib.intake.types import TYPES
from chalicelib.web.api.form_schema import known_forms
from tests.intake.faults import FORM
from tools.check_forms import faults
from tools.form_texts import every_error

LANGUAGES = FORM.languages
EVERY = [load(*one) for one in known_forms()]
SPOKEN = [(form, language) for form in EVERY for language in form.languages]


def test_every_answer_type_is_used_and_can_be_shown() -> None:
    assert set(SHOW) == set(TYPES)
    used = {field.type for form in EVERY for field in form.definitions.values()}
    assert used == set(TYPES) | {"group"}
    ruled = {rule.kind for form in EVERY for scope in (form.scope, *form.groups.values()) for rule in scope.rules}
    assert set(rules.RULES) == set(rules.CODES) == ruled


def test_every_form_is_whole() -> None:
    assert [str(fault) for fault in faults()] == []


@pytest.mark.parametrize(("form", "language"), SPOKEN, ids=lambda one: getattr(one, "id", one))
def test_every_code_has_a_sentence(form: Form, language: str) -> None:
    for error in every_error(form):
        said = sentence(form, language, error)
        assert "…" not in said, (error, said)
        assert "{" not in said, (error, said)
        assert said != sentence(form, language, FieldError(error.field, "no such code")), error


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
